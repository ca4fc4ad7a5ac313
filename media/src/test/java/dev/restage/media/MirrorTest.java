package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.media.internal.transfer.Trash;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MirrorTest {

    private static final MediaSyncOptions DELETE =
            MediaSyncOptions.builder().surplus(Surplus.DELETE).maxDeleteShare(1).build();

    private final FakeStore source = new FakeStore("source");
    private final FakeStore target = new FakeStore("target");

    private MediaSyncOptions options = DELETE;
    private KeyNames names = KeyNames.SAME;
    private @Nullable Trash trash;

    @Test
    void copiesDeletesAndSaysSo() {
        source.with("same", "1").with("missing", "22").with("changed", "new");
        target.with("same", "1").with("changed", "old").with("surplus", "3");

        MediaSyncResult result = mirror();

        assertThat(target.contents()).isEqualTo(source.contents());
        assertThat(result.copiedObjects()).isEqualTo(2);
        assertThat(result.copiedBytes()).isEqualTo(5);
        assertThat(result.deletedObjects()).isEqualTo(1);
        assertThat(result.goneObjects()).isZero();
        assertThat(result.difference().same().objects()).isEqualTo(1);
        assertThat(result.needs()).isNull();
        assertThat(result.bulkFailures()).isEmpty();
        assertThat(result.filtered()).isEqualTo(FilterReport.NONE);
    }

    @Test
    void doneAgainItChangesNothing() {
        source.with("a", "1").with("b", "2");
        target.with("c", "3");
        mirror();
        target.deletions.clear();

        MediaSyncResult again = mirror();

        assertThat(again.copiedObjects() + again.deletedObjects()).isZero();
        assertThat(again.difference().isEmpty()).isTrue();
        assertThat(target.deletions).isEmpty();
    }

    @Test
    void keepsWhatIsTooMuchUnlessTold() {
        options = MediaSyncOptions.standard();
        source.with("a", "1");
        target.with("surplus", "3");

        assertThat(mirror().deletedObjects()).isZero();
        assertThat(target.contents()).containsOnlyKeys("a", "surplus");
    }

    @Test
    void deletesOnlyAfterAllCopies() {
        source.with("a", "1").with("z", "2");
        target.with("m", "3");
        target.beforeCopy = key -> {
            assertThat(target.deletions).isEmpty();
            if (key.equals("z")) {
                throw new ProviderException(Kind.DENIED, "no right to write", null);
            }
        };

        assertThatThrownBy(this::mirror).hasMessageContaining("nothing was deleted");
        assertThat(target.contents()).containsOnlyKeys("a", "m");
    }

    @Test
    void beyondACapItHasCopiedAndDeletesNothing() {
        options = DELETE.toBuilder().maxDeletes(1).build();
        source.with("a", "1");
        target.with("x", "1").with("y", "2");

        assertThatThrownBy(this::mirror)
                .isInstanceOf(ProviderException.class)
                .hasMessage(
                        "fake target: 1 objects were copied and nothing was deleted, because 2 objects would be deleted,"
                                + " but maxDeletes is 1: check them, or raise it")
                .returns(Effect.SOME, e -> ((ProviderException) e).effect());
        assertThat(target.contents()).containsOnlyKeys("a", "x", "y");
    }

    @Test
    void keepsInTheTrashWhatItDeletesAndReplacesAndNotFormerNames() {
        names = new KeyNames(List.of("docs/"), key -> "docs/masked-" + key.substring(5));
        options = DELETE.toBuilder().trashDays(1).build();
        trash = new Trash(target, "run", Set.of());
        source.with("docs/okafor", "1").with("changed", "new");
        target.with("docs/okafor", "1").with("changed", "old").with("surplus", "3");

        MediaSyncResult result = mirror();

        assertThat(result.deletedObjects()).isEqualTo(2);
        assertThat(target.contents())
                .containsOnlyKeys(
                        "docs/masked-okafor", "changed", "restage-trash/run/changed", "restage-trash/run/surplus");
    }

    @Test
    void whatGoesFromTheSourceMeanwhileGoesFromTheTarget() {
        source.with("a", "new").with("b", "1");
        target.with("a", "old").with("b", "1");
        source.beforeOpen = () -> source.remove("a");

        MediaSyncResult result = mirror();

        assertThat(result.goneObjects()).isEqualTo(1);
        assertThat(result.deletedObjects()).isEqualTo(1);
        assertThat(target.contents()).containsOnlyKeys("b");
    }

    private MediaSyncResult mirror() {
        Filtering filtering = new Filtering(null, MediaJournal.NONE);
        Comparison comparison = new Comparison(source, target, options, names, MediaJournal.NONE, filtering, null);
        try (Copies copies =
                new Copies(source, target, options, names, MediaJournal.NONE, filtering, trash, Progress.NONE)) {
            Mirror mirror = new Mirror(target, options, copies, new MediaDifference.Collector(filtering), trash);
            comparison.walk(mirror);
            return mirror.finish(comparison);
        }
    }
}
