package dev.restage.provider.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.app.PurgeScope.Kind;
import dev.restage.provider.code.CommitId;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is purged, and how an app and a page are told of. */
class PurgeScopeTest {

    @Test
    void saysWhatItIs() {
        assertThat(PurgeScope.everything()).hasToString("everything");
        assertThat(PurgeScope.host("staging.acme.example")).hasToString("host staging.acme.example");
        assertThat(PurgeScope.urls(List.of("/a", "/b"))).hasToString("url /a, /b");
        assertThat(PurgeScope.prefix("acme:")).hasToString("prefix acme:");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"HOST", "URL", "PREFIX"})
    void refusesAKindWithoutItsValues(Kind kind) {
        assertThatThrownBy(() -> new PurgeScope(kind, List.of()))
                .as("it could be taken for everything")
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(kind.name());
    }

    @Test
    void refusesEverythingWithValues() {
        assertThatThrownBy(() -> new PurgeScope(Kind.EVERYTHING, List.of("acme:")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[acme:]");
    }

    @Test
    void keepsItsValuesWhateverBecomesOfTheList() {
        List<String> urls = new ArrayList<>(List.of("/a"));
        PurgeScope scope = PurgeScope.urls(urls);

        urls.add("/b");

        assertThat(scope.values()).containsExactly("/a");
    }

    @Test
    void anAppTellsWhatIsDeployedIfItIsKnown() {
        CommitId commit = new CommitId("0123456789abcdef0123456789abcdef01234567");
        Map<String, Integer> formation = new HashMap<>(Map.of("web", 1));
        AppState known = new AppState("acme", true, formation, Map.of(), commit, "site://acme");
        formation.put("worker", 3);

        assertThat(known.deployed()).contains(commit);
        assertThat(known.formation()).containsOnly(Map.entry("web", 1));
        assertThat(new AppState("acme", false, Map.of(), Map.of(), null, null).deployed())
                .isEmpty();
    }

    @Test
    void aPageKeepsItsHeaders() {
        Map<String, String> headers = new HashMap<>(Map.of("age", "7"));
        WebPage page = new WebPage(URI.create("site://acme/"), 200, headers, "");

        headers.clear();

        assertThat(page.headers()).containsEntry("age", "7");
    }
}
