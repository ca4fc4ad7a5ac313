package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyNamesTest {

    private final KeyNames names = new KeyNames(List.of("docs/", "images/2026/"), KeyNamesTest::masked);

    @ParameterizedTest
    @CsvSource({
        "docs/a.pdf, docs/masked-a.pdf",
        "docs/2026/a.pdf, docs/2026/masked-a.pdf",
        "images/2026/a.jpg, images/2026/masked-a.jpg",
        "images/a.jpg, images/a.jpg",
        "docs, docs",
        "docsets/a, docsets/a",
        "a/docs/b, a/docs/b",
    })
    void renamesFilesInItsFoldersAlone(String key, String name) {
        assertThat(names.at(key)).isEqualTo(name);
    }

    /** The object that a console makes to show a folder is no file with a name. */
    @ParameterizedTest
    @ValueSource(strings = {"docs/", "docs/2026/"})
    void keepsMarkersOfFolders(String key) {
        assertThat(names.at(key)).isEqualTo(key);
    }

    @Test
    void orNothing() {
        assertThat(KeyNames.SAME.at("docs/a.pdf")).isEqualTo("docs/a.pdf");
        assertThat(KeyNames.SAME.folders()).isEmpty();
    }

    @Test
    void ordersItsFoldersAndLeavesOutThoseInsideOthers() {
        KeyNames many = new KeyNames(
                List.of("z/", "docs/2026/", "docs/", "\uFFFD/", "docs/", "\uD83D\uDE00/"), KeyNamesTest::masked);

        assertThat(many.folders()).containsExactly("docs/", "z/", "\uFFFD/", "\uD83D\uDE00/");
    }

    @Test
    void aFolderWhoseNameBeginsLikeAnotherStays() {
        assertThat(new KeyNames(List.of("docs/", "docs-old/"), KeyNamesTest::masked).folders())
                .containsExactly("docs-old/", "docs/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs", ""})
    void refusesWhatIsNoFolder(String folder) {
        assertThatThrownBy(() -> new KeyNames(List.of("images/", folder), KeyNamesTest::masked))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "\"%s\" is no folder: end it with /, and name each folder whose files get other names", folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/deeper/a.pdf", "other/a.pdf", "a.pdf", "docs/../a.pdf"})
    void refusesANameOutsideOfTheFolder(String name) {
        KeyNames moving = new KeyNames(List.of("docs/"), key -> name);

        assertThatThrownBy(() -> moving.at("docs/a.pdf"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the naming of keys has moved an object out of its folder docs/");
    }

    private static String masked(String key) {
        int name = key.lastIndexOf('/') + 1;
        return key.substring(0, name) + "masked-" + key.substring(name);
    }
}
