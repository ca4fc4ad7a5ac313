package dev.restage.media.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSyncOptions;
import dev.restage.provider.PlanException;
import dev.restage.provider.media.KeyRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

    private static final String LAST = Character.toString(0x10FFFF);

    @ParameterizedTest
    @ValueSource(strings = {"{a", "a}", "[a", "a\\"})
    void refusesBrokenPatterns(String pattern) {
        assertThatThrownBy(() ->
                        MediaSyncOptions.builder().include("glob:" + pattern).build())
                .hasMessageContaining("glob:" + pattern + " is no pattern");
    }

    @Test
    void listsOnlyWhatAPatternCanMean() {
        Scope scope = scope(List.of("glob:documents/*.pdf", "documents/a/", "images/"), List.of());

        assertThat(scope.ranges()).containsExactly(KeyRange.of("documents/"), KeyRange.of("images/"));
        assertThat(scope.contains("documents/a/b.txt")).isTrue();
        assertThat(scope.contains("documents/b.txt")).isFalse();
        assertThat(scope.contains("documents/b.pdf")).isTrue();
    }

    @Test
    void listsAroundWhatIsExcluded() {
        Scope scope = scope(List.of(), List.of("images/", "images/deep/", "glob:**.tmp", "a"));

        assertThat(scope.ranges())
                .containsExactly(
                        new KeyRange("", "", "a"),
                        new KeyRange("", "a" + LAST, "images/"),
                        new KeyRange("", "images/" + LAST, ""));
        assertThat(scope.contains("x.tmp")).isFalse();
        assertThat(scope.contains("images_old/x")).isTrue();
    }

    @Test
    void listsNothingThatIsExcludedAsAWhole() {
        assertThat(scope(List.of("images/a/", "docs/"), List.of("images/")).ranges())
                .containsExactly(KeyRange.of("docs/"));
    }

    /** Such a bound would mean another key to a store that orders by UTF-16 units. */
    @Test
    void doesNotDivideAtKeysThatStoresOrderDifferently() {
        Scope scope = scope(List.of(), List.of("\uFF5E/"));

        assertThat(scope.ranges()).containsExactly(KeyRange.ALL);
        assertThat(scope.contains("\uFF5E/a")).isFalse();
    }

    @Test
    void refusesPatternsOfNamesThatAreMasked() {
        List<String> masked = List.of("documents/");

        scope(List.of("glob:documents/**.pdf", "glob:images/a*.jpg"), List.of()).check(masked);
        assertThatThrownBy(() ->
                        scope(List.of("glob:documents/cv*.pdf"), List.of()).check(masked))
                .hasMessageContaining("glob:documents/cv*.pdf");
        assertThatThrownBy(() -> scope(List.of(), List.of("glob:**/cv*")).check(masked))
                .hasMessageContaining("names that are others");
    }

    @Test
    void refusesTheBeginningOfANameThatIsMasked() {
        List<String> masked = List.of("documents/");

        scope(List.of("documents/"), List.of("documents/2026/")).check(masked);
        scope(List.of("images/a"), List.of()).check(masked);
        assertThatThrownBy(() -> scope(List.of("documents/cv"), List.of()).check(masked))
                .isInstanceOf(PlanException.class)
                .hasMessage("the prefix \"documents/cv\" is the beginning of file names that are others at the target:"
                        + " end it with /, as a folder");
        assertThatThrownBy(() -> scope(List.of(), List.of("documents/cv")).check(masked))
                .hasMessageContaining("end it with /, as a folder");
    }

    @Test
    void withoutAnythingToLookAtEverythingIsLookedAt() {
        Scope scope = scope(List.of(), List.of());

        assertThat(scope.ranges()).containsExactly(KeyRange.ALL);
        assertThat(scope.contains("")).isTrue();
        assertThat(scope.contains("any/thing")).isTrue();
    }

    @Test
    void leavesOutMoreAndNothingElse() {
        Scope scope = scope(List.of(), List.of("tmp/")).without(List.of("masked/"));

        assertThat(scope.ranges())
                .containsExactly(
                        new KeyRange("", "", "masked/"),
                        new KeyRange("", "masked/" + LAST, "tmp/"),
                        new KeyRange("", "tmp/" + LAST, ""));
        assertThat(scope.contains("masked/a")).isFalse();
        assertThat(scope.contains("tmp/a")).isFalse();
        assertThat(scope.contains("a")).isTrue();
    }

    @Test
    void listsAPrefixWithinAnotherOnce() {
        assertThat(scope(List.of("images/", "images/2026/", "images/"), List.of())
                        .ranges())
                .containsExactly(KeyRange.of("images/"));
    }

    @Test
    void listsInTheOrderOfBytesWhateverTheOrderOfTheOptions() {
        assertThat(scope(List.of("\uD83D\uDE00/", "\uFFFD/", "a/"), List.of()).ranges())
                .containsExactly(KeyRange.of("a/"), KeyRange.of("\uFFFD/"), KeyRange.of("\uD83D\uDE00/"));
    }

    /** A pattern that begins with a sign may mean any key. */
    @Test
    void listsAllForAPatternWithoutABeginning() {
        Scope scope = scope(List.of("glob:**.pdf", "images/"), List.of());

        assertThat(scope.ranges()).containsExactly(KeyRange.ALL);
        assertThat(scope.contains("images/a.jpg")).isTrue();
        assertThat(scope.contains("docs/a.jpg")).isFalse();
    }

    @Test
    void whatIsLeftOutWinsOverWhatIsLookedAt() {
        Scope scope = scope(List.of("images/"), List.of("images/"));

        assertThat(scope.ranges()).isEmpty();
        assertThat(scope.contains("images/a")).isFalse();
    }

    @Test
    void listsAFolderOfOtherNamesAsFarAsTheScopeGoes() {
        assertThat(scope(List.of(), List.of()).ranges("docs/")).containsExactly(KeyRange.of("docs/"));
        assertThat(scope(List.of("docs/2026/", "docs/2025/"), List.of()).ranges("docs/"))
                .containsExactly(KeyRange.of("docs/2025/"), KeyRange.of("docs/2026/"));
        assertThat(scope(List.of("images/"), List.of()).ranges("docs/")).isEmpty();
        assertThat(scope(List.of("docs/2026/", "docs/2026/a/"), List.of()).ranges("docs/2026/"))
                .containsExactly(KeyRange.of("docs/2026/"));
    }

    /** The name behind the last slash is another at the target, so the folder is listed. */
    @Test
    void listsTheFolderOfAPatternWhoseNamesAreOthers() {
        assertThat(scope(List.of("glob:docs/2026/*.pdf"), List.of()).ranges("docs/"))
                .containsExactly(KeyRange.of("docs/2026/"));
    }

    private static Scope scope(List<String> include, List<String> exclude) {
        return new Scope(include, exclude);
    }
}
