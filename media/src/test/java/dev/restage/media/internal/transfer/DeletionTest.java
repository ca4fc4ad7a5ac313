package dev.restage.media.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.FakeStore;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeletionTest {

    private static final int BATCH = 1000;

    private final FakeStore store = new FakeStore("target");
    private final Deletion deletion = new Deletion(store, null, 4);

    @Test
    void asksForNothingWhereThereIsNothingToDelete() {
        deletion.finish();

        assertThat(store.deletions).isEmpty();
        assertThat(deletion.objects()).isZero();
    }

    @Test
    void deletesFullBatchesOnTheWayAndTheRestAtTheEnd() {
        fill(2 * BATCH + 1);
        assertThat(store.deletions).containsExactly(BATCH, BATCH);
        assertThat(store.contents()).hasSize(1);

        deletion.finish();

        assertThat(store.deletions).containsExactly(BATCH, BATCH, 1);
        assertThat(store.contents()).isEmpty();
        assertThat(deletion.objects()).isEqualTo(2 * BATCH + 1);
    }

    @Test
    void deletesAFullBatchOnce() {
        fill(BATCH);

        deletion.finish();
        deletion.finish();

        assertThat(store.deletions).containsExactly(BATCH);
    }

    @Test
    void goesOnAfterWhatCannotBeDeletedAndSaysItAtTheEnd() {
        store.undeletable.put("k0001", "AccessDenied");
        store.undeletable.put("k1500", "InternalError");
        fill(2 * BATCH);

        assertThatThrownBy(deletion::finish)
                .isInstanceOf(ProviderException.class)
                .hasMessage(
                        "2 of 2000 surplus objects of fake target could not be deleted, for example k0001: AccessDenied;"
                                + " all copies are done; run again")
                .returns(Effect.SOME, e -> ((ProviderException) e).effect())
                .returns(Kind.FAILED, e -> ((ProviderException) e).kind());
        assertThat(store.contents()).containsOnlyKeys("k0001", "k1500");
    }

    @Test
    void keepsInTheTrashBeforeItDeletes() {
        Deletion kept = new Deletion(store, new Trash(store, "run", Set.of()), 4);
        store.with("a", "1").with("b", "2");
        kept.add(store.object("a"));
        kept.add(store.object("b"));
        assertThat(store.contents()).containsOnlyKeys("a", "b");

        kept.finish();

        assertThat(store.contents()).containsOnlyKeys("restage-trash/run/a", "restage-trash/run/b");
    }

    @Test
    void deletesNothingOfABatchThatTheTrashCannotHold() {
        Deletion kept = new Deletion(store, new Trash(store, "run", Set.of()), 4);
        store.with("a", "1").with("b", "2");
        store.beforeCopy = key -> {
            if (key.endsWith("/b")) {
                throw new ProviderException(Kind.UNAVAILABLE, "no room", null);
            }
        };
        kept.add(store.object("a"));
        kept.add(store.object("b"));

        assertThatThrownBy(kept::finish).hasMessage("no room");
        assertThat(store.deletions).isEmpty();
        assertThat(store.contents()).containsKeys("a", "b");
    }

    private void fill(int objects) {
        IntStream.range(0, objects)
                .mapToObj("k%04d"::formatted)
                .forEach(key -> deletion.add(store.with(key, "1").object(key)));
    }
}
