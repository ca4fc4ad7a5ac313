package dev.restage.sandbox.vendor.heroku;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostedAppTest {

    private final HostedApp app = new HostedApp(
            new HerokuApp(
                    "acme",
                    Path.of("acme.git"),
                    "main",
                    "",
                    Map.of("web", 1),
                    Map.of(
                            "DATABASE_URL",
                            "postgres://u:p@h/acme",
                            "SITE_URL",
                            "https://x",
                            "CACHE_URL",
                            "rediss://h")),
            "http://127.0.0.1:1");

    @Test
    void onlyAChangeThatChangesSomethingMakesARelease() {
        app.change(changes("A", "1", "B", "2"));
        app.change(changes("A", "1"));
        app.change(changes("NOWHERE", null));
        app.change(changes("A", null, "B", "3"));
        app.change(changes("B", null));

        assertThat(app.releases())
                .extracting(HostedApp.Release::description)
                .containsExactly(
                        "Initial release", "Set A, B config vars", "Set B, A config vars", "Remove B config vars");
        assertThat(app.releases()).extracting(HostedApp.Release::version).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aDeployFillsTheRepositoryAndAConfigVarDoesNot() {
        app.emptyRepository();
        app.change(changes("A", "1"));
        assertThat(app.repositoryEmpty()).isTrue();

        app.release("Deploy abc", "abc");

        assertThat(app.repositoryEmpty()).isFalse();
        assertThat(app.current().hasSlug()).isTrue();
        app.change(changes("A", "2"));
        assertThat(app.current().commit()).isEqualTo("abc");
    }

    @Test
    void rollingBackBringsBackCodeAndConfigVars() {
        HostedApp.Release first = app.release("Deploy abc", "abc");
        app.change(changes("A", "1"));
        app.release("Deploy def", "def");

        app.rollBackTo(first);

        assertThat(app.current().commit()).isEqualTo("abc");
        assertThat(app.configVars()).doesNotContainKey("A");
        assertThat(app.current().version()).isEqualTo(5);
    }

    @Test
    void servesWithWebDynosAndWithoutMaintenance() {
        assertThat(app.serves()).isTrue();
        app.maintenance(true);
        assertThat(app.serves()).isFalse();
        app.maintenance(false);
        app.scale("web", 0);
        assertThat(app.serves()).isFalse();
        assertThat(app.dynos()).isEmpty();
        app.scale("web", 2);
        assertThat(app.dynos()).extracting(HostedApp.Dyno::name).containsExactly("web.1", "web.2");
        assertThat(app.dyno("web.2")).isPresent();
        assertThat(app.dyno("web.3")).isEmpty();
    }

    @Test
    void addOnsAreTheUrlsOfDatabasesAndCaches() {
        assertThat(app.addOns())
                .extracting(AddOn::name)
                .containsExactlyInAnyOrder("postgresql-acme-database", "redis-acme-cache");
        assertThat(app.addOns()).extracting(AddOn::attachment).containsExactlyInAnyOrder("DATABASE", "CACHE");
    }

    @Test
    void keepsTheLast1500LinesOfItsLog() {
        for (int i = 0; i < 1600; i++) {
            app.log("app", "run.1", "line " + i);
        }

        assertThat(app.log()).hasSize(1500);
        assertThat(app.log().get(0).text()).isEqualTo("line 100");
        assertThat(app.log().get(0).toString()).endsWith("app[run.1]: line 100");
    }

    @Test
    void outputBecomesLinesOfTheLogAlsoTheLastOneWithoutAnEnd() throws Exception {
        try (OutputStream output = new LogOutput(app, "run.1")) {
            output.write("one\ntw".getBytes(StandardCharsets.UTF_8));
            output.write("ö\n\nthree".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(app.log()).extracting(HostedApp.LogLine::text).containsExactly("one", "twö", "", "three");
    }

    @Test
    void aTerminalEndsItsLinesWithTwoCharacters() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream terminal = new TerminalOutput(bytes)) {
            terminal.write("one\ntwo\n\n".getBytes(StandardCharsets.UTF_8));
            terminal.write("xtwo\nx".getBytes(StandardCharsets.UTF_8), 1, 4);
        }

        assertThat(bytes).hasToString("one\r\ntwo\r\n\r\ntwo\r\n");
    }

    private static Map<String, @Nullable String> changes(@Nullable String... namesAndValues) {
        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            changes.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return changes;
    }
}
