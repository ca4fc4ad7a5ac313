package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NeededFilesTest {

    @Test
    void givesBackWhatADatabaseNames() {
        MediaReference image = new MediaReference("images/a.jpg", "wagtailimages_image.file", 3);
        MediaReference other = new MediaReference("images/\u00e4 \"b\"\n.jpg", "page.cover", 1);
        try (NeededFiles files = NeededFiles.of(Stream.of(image, other))) {
            assertThat(in(files, KeyRange.ALL)).containsExactly(image, other);
        }
    }

    @Test
    void canBeGoneThroughAgainAndSideBySide() {
        try (NeededFiles files = files("a", "b");
                NeededFiles.Part one = files.in(KeyRange.ALL);
                NeededFiles.Part two = files.in(KeyRange.ALL)) {
            assertThat(one.next()).isEqualTo(two.next());
            assertThat(one.next()).isEqualTo(two.next());
            assertThat(one.next()).isNull();
            assertThat(one.next()).isNull();
        }
    }

    @Test
    void noFilesAreNone() {
        try (NeededFiles files = files()) {
            assertThat(in(files, KeyRange.ALL)).isEmpty();
            assertThat(files.anyIn(KeyRange.ALL)).isFalse();
        }
    }

    @Test
    void tellsThoseOfARange() {
        try (NeededFiles files = files("a", "docs/a", "docs/b", "docs/c", "docs0", "z")) {
            assertThat(keys(files, KeyRange.of("docs/"))).containsExactly("docs/a", "docs/b", "docs/c");
            assertThat(keys(files, new KeyRange("docs/", "docs/a", ""))).containsExactly("docs/b", "docs/c");
            assertThat(keys(files, new KeyRange("docs/", "", "docs/b"))).containsExactly("docs/a");
            assertThat(keys(files, new KeyRange("", "docs/b", "docs0"))).containsExactly("docs/c");
            assertThat(files.anyIn(KeyRange.of("images/"))).isFalse();
            assertThat(files.anyIn(KeyRange.of("docs/"))).isTrue();
        }
    }

    /** Memory holds one key of a thousand, from which the rest is found. */
    @Test
    void findsARangeInTheMiddleOfMany() {
        try (NeededFiles files = NeededFiles.of(
                IntStream.range(0, 5_000).mapToObj("k%04d"::formatted).map(NeededFilesTest::reference))) {
            for (int from : new int[] {0, 1, 999, 1000, 1001, 2500, 4998}) {
                assertThat(keys(files, new KeyRange("", "k%04d".formatted(from), "k%04d".formatted(from + 2))))
                        .containsExactly("k%04d".formatted(from + 1));
            }
            assertThat(keys(files, KeyRange.of("k321"))).hasSize(10);
            assertThat(files.anyIn(new KeyRange("", "k4999", ""))).isFalse();
        }
    }

    @Test
    void refusesADatabaseThatOrdersInAnotherWay() {
        assertThatThrownBy(() -> files("b", "a"))
                .isInstanceOf(ProviderException.class)
                .hasMessage("the database does not name its media files in the order of their UTF-8 bytes (\"a\" after"
                        + " \"b\"), so they cannot be compared with a store")
                .returns(Kind.UNSUPPORTED, e -> ((ProviderException) e).kind())
                .returns(Effect.NONE, e -> ((ProviderException) e).effect());
    }

    @Test
    void refusesAFileThatIsNamedTwice() {
        assertThatThrownBy(() -> files("a", "a")).hasMessageContaining("\"a\" after \"a\"");
    }

    @Test
    void passesOnThatTheDatabaseFailed() {
        IllegalStateException lost = new IllegalStateException("connection lost");
        Stream<MediaReference> breaking = Stream.concat(Stream.of(reference("a")), Stream.generate(() -> {
            throw lost;
        }));

        assertThatThrownBy(() -> NeededFiles.of(breaking)).isSameAs(lost);
    }

    @Test
    void keepsNothingOnceItIsClosed() {
        NeededFiles files = files("a");
        files.close();
        files.close();

        assertThatThrownBy(() -> files.in(KeyRange.ALL))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("the names of needed media files cannot be kept in");
    }

    private static NeededFiles files(String... keys) {
        return NeededFiles.of(Stream.of(keys).map(NeededFilesTest::reference));
    }

    private static MediaReference reference(String key) {
        return new MediaReference(key, "t.c", 1);
    }

    private static List<String> keys(NeededFiles files, KeyRange range) {
        return in(files, range).stream().map(MediaReference::key).toList();
    }

    private static List<MediaReference> in(NeededFiles files, KeyRange range) {
        List<MediaReference> found = new ArrayList<>();
        try (NeededFiles.Part part = files.in(range)) {
            for (MediaReference next = part.next(); next != null; next = part.next()) {
                found.add(next);
            }
        }
        return found;
    }
}
