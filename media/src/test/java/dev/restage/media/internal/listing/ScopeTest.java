package dev.restage.media.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSyncOptions;
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

    private static Scope scope(List<String> include, List<String> exclude) {
        return new Scope(include, exclude);
    }
}
