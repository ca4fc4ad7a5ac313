package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Syncs of what a database names; what is expected is computed from sets. */
class NeededSyncTest {

    /** Other names, in another order, in one folder. */
    private static final KeyNames MASKED = new KeyNames(
            List.of("docs/"), key -> "docs/" + Integer.toHexString(key.hashCode() * 0x9E3779B9) + key.length());

    private static final List<String> FOLDERS = List.of("", "docs/", "images/", "original_images/", "z/y/");
    private static final List<String> AWKWARD = List.of("ä", "\uFF5E", "\uD83C\uDF5E", " +%", "!", "~");

    private final FakeStore source = new FakeStore("source");
    private final FakeStore target = new FakeStore("target");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void copiesWhatIsNamedAndReportsBothWays(long seed, @TempDir Path memory) {
        Random random = new Random(seed);
        Set<String> keys = keys(random, 36_000);
        keys.forEach(key -> source.with(key, key + seed));
        keys(random, 300).forEach(key -> target.with(key, "only here"));
        TreeSet<String> needed = new TreeSet<>(KeyOrder.UTF_8);
        keys.stream().filter(key -> random.nextInt(3) > 0).map(MASKED::at).forEach(needed::add);
        keys(random, 200).forEach(needed::add);
        Predicate<String> inScope = key -> !key.startsWith("images/");
        Map<String, String> expected = new HashMap<>(target.contents());
        expected.keySet().removeIf(inScope);
        Map<String, String> named = keys.stream().collect(Collectors.toMap(MASKED::at, key -> key + seed));
        needed.stream().filter(inScope).filter(named::containsKey).forEach(key -> expected.put(key, named.get(key)));
        Set<String> missing = needed.stream()
                .filter(inScope)
                .filter(key -> !named.containsKey(key))
                .collect(Collectors.toSet());

        // the second time the first one's marks have split the keys into ranges
        for (int round = 0; round < 2; round++) {
            try (NeededFiles files = MediaNeedsTest.files(needed.toArray(String[]::new));
                    MediaJournal journal = MediaJournal.open(memory, source.identity(), target.identity())) {
                MediaSyncResult result = sync(files).journal(journal).run(Progress.NONE);

                assertThat(target.contents()).isEqualTo(expected);
                MediaNeeds needs = Objects.requireNonNull(result.needs());
                assertThat(needs.unmet()).extracting(MediaReference::key).hasSameElementsAs(missing);
                assertThat(needs.missing()).isEqualTo(missing.size());
                assertThat(needs.files())
                        .isEqualTo(needed.stream().filter(inScope).count());
                assertThat(needs.unneeded().objects())
                        .isEqualTo(keys.stream()
                                .filter(inScope)
                                .filter(key -> !needed.contains(MASKED.at(key)))
                                .count());
                assertThat(sync(files).compare().isEmpty()).isTrue();
                assertThat(journal.marks().keys()).isNotEmpty();
            }
        }
    }

    @Test
    void deletesNothingWhenTheDatabaseNamesNoFiles() {
        source.with("a", "1");
        target.with("a", "1");

        try (NeededFiles none = MediaNeedsTest.files()) {
            assertThatThrownBy(() -> sync(none).run(Progress.NONE))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("no objects in scope");
        }
        assertThat(target.contents()).containsKey("a");
    }

    @Test
    void findsTheFilesOfARangeWhereverItBegins() {
        String[] keys = IntStream.range(0, 5000).mapToObj("k%05d"::formatted).toArray(String[]::new);
        try (NeededFiles files = MediaNeedsTest.files(keys)) {
            for (KeyRange range : List.of(
                    KeyRange.ALL,
                    KeyRange.of("k01"),
                    KeyRange.of("j"),
                    KeyRange.of("l"),
                    new KeyRange("", "k00999", "k01001"),
                    new KeyRange("k0", "k01000", "k0100a"),
                    new KeyRange("", "k04999", ""))) {
                try (NeededFiles.Part part = files.in(range)) {
                    assertThat(Stream.generate(part::next)
                                    .takeWhile(next -> next != null)
                                    .map(MediaReference::key))
                            .as(range.toString())
                            .containsExactlyElementsOf(
                                    Stream.of(keys).filter(range::contains).toList());
                }
            }
        }
    }

    private MediaSync sync(NeededFiles files) {
        return MediaSync.between(
                        source,
                        target,
                        MediaSyncOptions.builder()
                                .exclude("images/")
                                .surplus(Surplus.DELETE)
                                .maxDeleteShare(1)
                                .build())
                .names(MASKED)
                .needing(files);
    }

    private static Set<String> keys(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> FOLDERS.get(random.nextInt(FOLDERS.size()))
                        + AWKWARD.get(random.nextInt(AWKWARD.size()))
                        + random.nextInt(100_000))
                .collect(Collectors.toCollection(() -> new TreeSet<>(KeyOrder.UTF_8)));
    }
}
