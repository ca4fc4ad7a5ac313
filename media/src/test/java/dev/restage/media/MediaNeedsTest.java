package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.ProviderException;
import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.MediaReference;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MediaNeedsTest {

    private final FakeStore store = new FakeStore("bucket");

    @Test
    void tellsFilesWithoutAnObjectAndObjectsThatNobodyNames() {
        store.with("a", "1")
                .with("documents/b", "22")
                .with("documents/c", "333")
                .with("zz", "4");

        MediaNeeds needs =
                compare(store, List.of(), "A", "a", "documents/c", "documents/d", "zzz", "\uFF5E", "\uD83C\uDF5E");

        assertThat(needs.files()).isEqualTo(7);
        assertThat(needs.missing()).isEqualTo(5);
        assertThat(needs.unmet())
                .extracting(MediaReference::key)
                .containsExactly("A", "documents/d", "zzz", "\uFF5E", "\uD83C\uDF5E");
        assertThat(needs.unneeded()).isEqualTo(new MediaDifference.Part(2, 3, List.of("documents/b", "zz")));
        assertThat(needs.otherNames()).isEmpty();
    }

    @Test
    void passesOverWhatIsKeptForAnUndo() {
        store.with("a", "1").with("restage-trash/20260301T100000Z-r1/b", "22").with("restage-trashed", "3");

        assertThat(compare(store, List.of(), "a").unneeded().samples()).containsExactly("restage-trashed");
    }

    @Test
    void leavesFoldersAsideWithoutListingThem() {
        IntStream.range(0, 5000).forEach(i -> store.with("images/%04d.png".formatted(i), ""));
        store.with("images/\uFFFDodd.png", "")
                .with("images0", "1")
                .with("images-old/a", "1")
                .with("original_images/a", "1");

        MediaNeeds needs = compare(store, List.of("images/"), "original_images/a");

        assertThat(needs.unneeded().samples()).containsExactly("images-old/a", "images0");
        assertThat(needs.missing()).isZero();
        assertThat(store.listed).startsWith("", ">images/\uDBFF\uDFFF").noneMatch(range -> range.startsWith("images/"));
    }

    @Test
    void looksIntoAFolderAsideForWhatIsNamedThere() {
        store.with("images/logo.png", "1").with("images/made.png", "1");

        MediaNeeds needs = compare(store, List.of("images/"), "images/gone.png", "images/logo.png");

        assertThat(needs.files()).isEqualTo(2);
        assertThat(needs.unmet()).extracting(MediaReference::key).containsExactly("images/gone.png");
        assertThat(needs.unneeded().objects()).isZero();
    }

    @Test
    void tellsFoldersWhoseNamesWereChangedOnOneSideOnly() {
        store.with("reports/a.pdf", "1").with("documents/a.pdf", "1").with("logos/a.png", "1");

        MediaNeeds needs =
                compare(store, List.of(), "documents/a.pdf", "documents/gone.pdf", "gone/x", "reports/k2.pdf");

        assertThat(needs.otherNames()).containsExactly("reports/");
    }

    @Test
    void keepsTenThousandNamesAndCountsAll() {
        MediaNeeds needs = compare(
                store,
                List.of(),
                IntStream.range(0, 25_000).mapToObj("%05d"::formatted).toArray(String[]::new));

        assertThat(needs.missing()).isEqualTo(25_000);
        assertThat(needs.unmet()).hasSize(MediaNeeds.LISTED);
    }

    @Test
    void refusesWhatIsNotInOrder() {
        assertThatThrownBy(() -> compare(store, List.of(), "b", "a"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("\"a\" after \"b\"");
        FakeStore odd =
                new FakeStore("odd", KeyOrder.UTF_8.reversed()).with("a", "").with("b", "");
        assertThatThrownBy(() -> compare(odd, List.of(), "a"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("odd does not list its keys in the order");
    }

    private static MediaNeeds compare(FakeStore store, List<String> aside, String... keys) {
        try (NeededFiles files = files(keys)) {
            return MediaNeeds.compare(store, files, aside);
        }
    }

    static NeededFiles files(String... keys) {
        return NeededFiles.of(Stream.of(keys).map(key -> new MediaReference(key, "public.t.file", 1)));
    }
}
