package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.KeyCheck;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final MediaSyncOptions ALL = MediaSyncOptions.standard();
    private static final KeyNames MASKED =
            new KeyNames(List.of("docs/"), key -> "docs/masked-" + key.substring(key.lastIndexOf('/') + 1));

    private final FakeStore source = new FakeStore("source");
    private final Heard heard = new Heard();
    private @Nullable KeyCheck check;
    private final FakeStore target = new FakeStore("target") {
        @Override
        public KeyCheck keyCheck() {
            return Objects.requireNonNullElse(check, KeyCheck.NONE);
        }
    };

    @Test
    void tellsWhatIsTheSameAndWhatIsNot() {
        source.with("both", "1").with("changed", "new").with("missing", "2");
        target.with("both", "1").with("changed", "old").with("surplus", "3");

        walk(ALL);

        assertThat(heard.lines()).containsExactly("changed changed", "missing missing", "same both", "surplus surplus");
    }

    @Test
    void twoEmptyStoresAreAlike() {
        walk(ALL);

        assertThat(heard.lines()).isEmpty();
    }

    @Test
    void ofAnEmptySourceAllIsSurplusAndOfAnEmptyTargetAllIsMissing() {
        source.with("a", "1").with("b", "2");
        walk(ALL);
        assertThat(heard.lines()).containsExactly("missing a", "missing b");

        Heard back = new Heard();
        new Comparison(
                        /* source= */ target,
                        /* target= */ source,
                        ALL,
                        KeyNames.SAME,
                        MediaJournal.NONE,
                        unfiltered(),
                        null)
                .walk(back);
        assertThat(back.lines()).containsExactly("surplus a", "surplus b");
    }

    @Test
    void keysMayHoldAnything() {
        for (String key : List.of("\n", "a\u0000b", "..", "../a", "/", "//", "a//b", "\uD83D\uDE00", "\uFFFF", " ")) {
            source.with(key, "1");
            target.with(key, "1");
        }

        walk(ALL);

        assertThat(heard.lines()).hasSize(10).allMatch(line -> line.startsWith("same "));
    }

    @Test
    void whatIsArchivedWaitsUntilItIsRestored() {
        source.with("cold", "1").with("both", "new").with("same", "2");
        target.with("both", "old").with("same", "2");
        source.archived.addAll(List.of("cold", "both", "same"));

        walk(ALL);

        assertThat(heard.lines()).containsExactly("archived both at target", "archived cold", "same same");
    }

    @Test
    void whatATargetCannotHoldIsRefusedAndStaysThere() {
        source.with("bad:1", "1").with("bad:2", "2").with("good", "3");
        target.with("bad:2", "x");
        check = problems("bad:1", "bad:2");

        walk(ALL);

        assertThat(heard.lines())
                .containsExactly("missing good", "refused bad:1 (no name)", "refused bad:2 (no name) at target");
    }

    /** One key may rule out another, so the check hears of all, in order, and of none that only the target has. */
    @Test
    void asksWhetherTheTargetHoldsAKeyInTheirOrder() {
        List<String> asked = new ArrayList<>();
        check = new KeyCheck() {
            @Override
            public Optional<String> problem(String key) {
                asked.add(key);
                return Optional.empty();
            }

            @Override
            public Outcome outcome() {
                return Outcome.FAIL;
            }
        };
        source.with("a", "1").with("c", "2").with("docs/z", "3").with("x", "4");
        target.with("b", "surplus").with("c", "2");

        walk(ALL);

        assertThat(asked).containsExactly("a", "c", "docs/z", "x");
    }

    @Test
    void foldersAreShownByObjectsOnlyInBuckets() {
        source.with("docs/", "").with("docs/full/", "x");
        walk(ALL);
        assertThat(heard.lines()).containsExactly("missing docs/", "missing docs/full/");

        check = problems("docs/full/");
        Heard onDisk = new Heard();
        comparison(ALL, KeyNames.SAME, null).walk(onDisk);
        assertThat(onDisk.lines()).containsExactly("marker docs/", "refused docs/full/ (no name)");
    }

    @Test
    void looksOnlyWhereItIsTold() {
        source.with("docs/a", "1").with("images/a", "2").with("tmp/a", "3");
        target.with("docs/b", "1").with("images/b", "2").with("tmp/b", "3");

        walk(MediaSyncOptions.builder()
                .include("docs/", "images/")
                .exclude("images/")
                .build());

        assertThat(heard.lines()).containsExactly("missing docs/a", "surplus docs/b");
        assertThat(source.listed).doesNotContain("images/", "tmp/", "");
    }

    @Test
    void comparesUnderTheNamesAtTheTarget() {
        source.with("docs/a", "1").with("docs/b", "2").with("images/a", "3");
        target.with("docs/masked-a", "1")
                .with("docs/b", "from before")
                .with("docs/other", "4")
                .with("images/a", "3");

        comparison(ALL, MASKED, null).walk(heard);

        assertThat(heard.lines())
                .containsExactly(
                        "former docs/b", "missing docs/b", "same docs/a", "same images/a", "surplus docs/other");
    }

    @Test
    void walksWhereNamesAreOthersAndNowhereElse() {
        source.with("docs/a", "1").with("images/a", "2");
        target.with("docs/a", "1").with("images/b", "2");

        comparison(ALL, MASKED, null).walkRenamed(heard);

        assertThat(heard.lines()).containsExactly("former docs/a", "missing docs/a");
    }

    @Test
    void refusesAScopeThatSpeaksOfNamesThatAreOthers() {
        assertThatThrownBy(() ->
                        comparison(MediaSyncOptions.builder().include("docs/cv").build(), MASKED, null))
                .isInstanceOf(PlanException.class);
        assertThat(source.listed).isEmpty();
    }

    @Test
    void passesOverWhatIsNotNeeded() {
        source.with("docs/a", "1").with("docs/b", "2").with("x", "3");
        target.with("docs/b", "2").with("x", "3");
        try (NeededFiles files =
                NeededFiles.of(Stream.of("docs/a", "docs/c", "x").map(key -> new MediaReference(key, "t.c", 1)))) {
            Comparison comparison = comparison(ALL, KeyNames.SAME, files);
            comparison.walk(heard);

            assertThat(heard.lines()).containsExactly("missing docs/a", "same x", "surplus docs/b");
            MediaNeeds needs = Objects.requireNonNull(comparison.needs());
            assertThat(needs.files()).isEqualTo(3);
            assertThat(needs.unmet()).extracting(MediaReference::key).containsExactly("docs/c");
            assertThat(needs.unneeded().samples()).containsExactly("docs/b");
        }
    }

    @Test
    void tellsNoNeedsWhereAllIsWanted() {
        assertThat(comparison(ALL, KeyNames.SAME, null).needs()).isNull();
    }

    @Test
    void trustsWhatAJobHasCopied() {
        source.with("a", "1");
        target.with("a", "1");
        target.etagMark = "kms";
        target.time = FakeStore.TIME.plusSeconds(100);
        walk(ALL);
        assertThat(heard.lines()).containsExactly("changed a");

        Heard again = new Heard();
        Comparison trusting = comparison(ALL, KeyNames.SAME, null);
        trusting.trust(FakeStore.TIME.plusSeconds(50));
        trusting.walk(again);
        assertThat(again.lines()).containsExactly("same a");
    }

    @Test
    void failsWhereAStoreListsInAnotherOrder() {
        FakeStore backwards = new FakeStore("backwards", Comparator.reverseOrder());
        backwards.with("a", "1").with("b", "2");

        assertThatThrownBy(() -> new Comparison(
                                backwards, target, ALL, KeyNames.SAME, MediaJournal.NONE, unfiltered(), null)
                        .walk(heard))
                .isInstanceOf(ProviderException.class)
                .returns(Kind.UNSUPPORTED, e -> ((ProviderException) e).kind());
    }

    @Test
    void aVisitorThatFailsEndsTheWalk() {
        IntStream.range(0, 5_000).forEach(i -> source.with("k%05d".formatted(i), "1"));
        IllegalStateException full = new IllegalStateException("no room");

        assertThatThrownBy(() -> comparison(ALL, KeyNames.SAME, null).walk(new PassingOn(heard) {
                    @Override
                    public void missing(MediaObject object) {
                        super.missing(object);
                        throw full;
                    }
                }))
                .isSameAs(full);
        assertThat(heard.lines()).hasSize(1);
    }

    private void walk(MediaSyncOptions options) {
        comparison(options, KeyNames.SAME, null).walk(heard);
    }

    private Comparison comparison(MediaSyncOptions options, KeyNames names, @Nullable NeededFiles needed) {
        return new Comparison(source, target, options, names, MediaJournal.NONE, unfiltered(), needed);
    }

    private static Filtering unfiltered() {
        return new Filtering(null, MediaJournal.NONE);
    }

    private static KeyCheck problems(String... keys) {
        return new KeyCheck() {
            @Override
            public Optional<String> problem(String key) {
                return List.of(keys).contains(key) ? Optional.of("no name") : Optional.empty();
            }

            @Override
            public Outcome outcome() {
                return Outcome.SKIP;
            }
        };
    }
}
