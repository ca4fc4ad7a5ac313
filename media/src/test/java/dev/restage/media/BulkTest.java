package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.internal.transfer.Trash;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.media.BulkCopier;
import dev.restage.provider.media.MediaFilter;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkTest {

    private final Job job = new Job();
    private final FakeStore source = new FakeStore("source");
    private final FakeStore target = new FakeStore("target") {
        @Override
        public Optional<BulkCopier> bulk(MediaStore from) {
            return Optional.of(job);
        }
    };

    private MediaSyncOptions options = MediaSyncOptions.builder().bulkFrom(2).build();
    private KeyNames names = KeyNames.SAME;
    private MediaJournal journal = MediaJournal.NONE;
    private @Nullable MediaFilter filter;
    private @Nullable Trash trash;

    @Test
    void withoutANumberNobodyIsAsked() {
        options = MediaSyncOptions.standard();
        source.with("a", "1").with("b", "2");

        assertThat(bulk().run("run", Progress.NONE)).isEmpty();
        assertThat(source.listed).isEmpty();
    }

    @Test
    void copiesFromThatNumberOn() {
        source.with("a", "1").with("b", "22").with("c", "333");
        target.with("c", "333");

        Bulk.Done done = bulk().run("run", Progress.NONE).orElseThrow();

        assertThat(job.keys).containsExactlyInAnyOrder("a", "b");
        assertThat(done.bytes()).isEqualTo(3);
        assertThat(done.outcome().copied()).isEqualTo(2);
        MediaDifference before = Objects.requireNonNull(done.before());
        assertThat(before.missing().objects()).isEqualTo(2);
        assertThat(before.same().objects()).isEqualTo(1);
    }

    @Test
    void fewerAreNotWorthAJob() {
        source.with("a", "1").with("b", "2");
        target.with("b", "2");

        assertThat(bulk().run("run", Progress.NONE)).isEmpty();
        assertThat(job.tokens).isEmpty();
    }

    @Test
    void aTargetThatCannotIsNamed() {
        FakeStore plain = new FakeStore("plain");
        Bulk bulk = new Bulk(source, plain, options, names, filtering(), journal, null, () -> comparison(plain));

        assertThatThrownBy(() -> bulk.run("run", Progress.NONE))
                .isInstanceOf(ProviderException.class)
                .hasMessage("fake plain cannot copy objects of fake source by a job of its own; set bulkFrom to 0")
                .returns(Kind.UNSUPPORTED, e -> ((ProviderException) e).kind())
                .returns(Effect.NONE, e -> ((ProviderException) e).effect());
    }

    /** After a crash the job goes on; nobody compares what it has half copied. */
    @Test
    void aJobThatWasBegunGoesOn() {
        source.with("a", "1").with("b", "2");
        bulk().run("run", Progress.NONE);
        job.begun.addAll(job.tokens);
        job.keys.clear();
        target.with("a", "1").with("b", "2");

        Bulk.Done done = bulk().run("run", Progress.NONE).orElseThrow();

        assertThat(done.before()).isNull();
        assertThat(job.tokens).hasSize(2).allMatch(token -> token.equals(job.tokens.get(0)));
        assertThat(job.keys).isEmpty();
    }

    @Test
    void eachRunAndEachPairOfStoresHasAJobOfItsOwn() {
        source.with("a", "1").with("b", "2");
        bulk().run("one", Progress.NONE);
        bulk().run("two", Progress.NONE);
        FakeStore other = new FakeStore("other").with("a", "1").with("b", "2");
        new Bulk(
                        other,
                        target,
                        options,
                        names,
                        filtering(),
                        journal,
                        null,
                        () -> new Comparison(other, target, options, names, journal, filtering(), null))
                .run("one", Progress.NONE);

        assertThat(Set.copyOf(job.tokens)).hasSize(3);
    }

    @Test
    void aTokenIsSafeWhateverTheRunIsCalled() {
        source.with("a", "1").with("b", "2");

        bulk().run("../a b\n" + "x".repeat(500), Progress.NONE);

        assertThat(job.tokens)
                .singleElement()
                .asString()
                .matches("[A-Za-z0-9-]{1,60}")
                .startsWith("---a-b-xxx");
    }

    @Test
    void whatTheJobDoesNotTakeIsNotCounted() {
        source.with("a", "1").with("b", "2").with("large", "3");
        job.refused.add("large");
        job.refused.add("b");

        assertThat(bulk().run("run", Progress.NONE)).isEmpty();
    }

    @Test
    void whatIsLookedIntoOrHasAnotherNamePassesThroughHere() {
        filter = new NameFilter();
        names = new KeyNames(List.of("docs/"), key -> "docs/masked-" + key.substring(5));
        source.with("a", "1").with("b", "2").with("letter.txt", "by Ines").with("docs/a", "3");

        bulk().run("run", Progress.NONE);

        assertThat(job.keys).containsExactlyInAnyOrder("a", "b");
    }

    /** The job replaces at once, and what it replaces must be kept before. */
    @Test
    void withATrashOnlyWhatIsNewIsTheJobs(@TempDir Path folder) {
        source.with("a", "1").with("b", "2").with("changed", "new");
        target.with("changed", "old");
        bulk().run("run", Progress.NONE);
        assertThat(job.keys).containsExactlyInAnyOrder("a", "b", "changed");
        job.keys.clear();

        try (MediaJournal opened = MediaJournal.open(folder, source.identity(), target.identity())) {
            journal = opened;
            trash = new Trash(target, "run", Set.of());
            bulk().run("other", Progress.NONE);

            assertThat(job.keys).containsExactlyInAnyOrder("a", "b");
            assertThat(journal.added("run")).containsExactlyInAnyOrder("a", "b");
        }
    }

    private Bulk bulk() {
        return new Bulk(source, target, options, names, filtering(), journal, trash, () -> comparison(target));
    }

    private Comparison comparison(FakeStore to) {
        return new Comparison(source, to, options, names, journal, filtering(), null);
    }

    private Filtering filtering() {
        return new Filtering(filter, journal);
    }

    /** Remembers what it was given, unless it has begun already. */
    private static final class Job implements BulkCopier {

        private final List<String> tokens = new ArrayList<>();
        private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
        private final Set<String> begun = new HashSet<>();
        private final Set<String> refused = new HashSet<>();

        @Override
        public boolean takes(MediaObject object) {
            return !refused.contains(object.key());
        }

        @Override
        public boolean begun(String token) {
            return begun.contains(token);
        }

        @Override
        public Outcome copy(String token, Consumer<Consumer<MediaObject>> objects, Progress progress) {
            tokens.add(token);
            if (!begun(token)) {
                objects.accept(object -> keys.add(object.key()));
            }
            return new Outcome("job-1", Instant.EPOCH, keys.size(), 0, List.of());
        }
    }
}
