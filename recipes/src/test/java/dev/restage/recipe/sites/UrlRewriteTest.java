package dev.restage.recipe.sites;

import static dev.restage.trial.World.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.step.database.Sql;
import dev.restage.trial.RealDatabase;
import dev.restage.trial.World;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlRewriteTest {

    private static final SiteMapping MAPPING = new SiteMapping(
            Map.of("www.acme.example:443", "s.example:443", "old.acme.example:8080", "s.example:8081"),
            Map.of("media.acme.example", "m.example"));

    @AutoClose("giveBack")
    private final RealDatabase database =
            RealDatabase.holding(new World(), "CREATE TABLE post (body text, data jsonb, short varchar(25))");

    private UrlRewrite.Result rewrite(SiteMapping mapping) {
        return Sql.write(database, TARGET, connection -> UrlRewrite.apply(connection, mapping));
    }

    private String rewritten(String body) {
        Sql.write(database, TARGET, connection -> Sql.update(connection, "INSERT INTO post (body) VALUES (?)", body));
        rewrite(MAPPING);
        return database.rows("SELECT body FROM post").get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.acme.example/a, https://s.example/a",
        "//www.acme.example, //s.example",
        "HTTPS://WWW.ACME.EXAMPLE/A, HTTPS://s.example/A",
        "https://www.acme.example:443/, https://s.example/",
        "https://old.acme.example:8080/x, https://s.example:8081/x",
        "see www.acme.example., see s.example.",
        "www.acme.example, s.example",
        "www.acme.example/page.html, s.example/page.html",
        "u=https%3A%2F%2Fwww.acme.example%2Fa, u=https%3A%2F%2Fs.example%2Fa",
        "https://media.acme.example/i.png, https://m.example/i.png",
        "<a href='https://www.acme.example/'>, <a href='https://s.example/'>"
    })
    void replacesHostsWhereverTheyAreHosts(String before, String after) {
        assertThat(rewritten(before)).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail@www.acme.example",
                "mail&#64;www.acme.example",
                "https://www.acme.example.org/",
                "https://new-www.acme.example/",
                "https://sub.www.acme.example/",
                "https://www.acme.example:8443/",
                "exports/www.acme.example",
                "www.acme.example/report.pdf",
                "unrelated"
            })
    void leavesWhatIsAPartOfSomethingLonger(String body) {
        assertThat(rewritten(body)).isEqualTo(body);
    }

    @Test
    void replacesHostsInJsonAtAnyDepth() {
        database.run("INSERT INTO post (data) VALUES ('{\"a\": [{\"url\": \"https://www.acme.example/x\"}],"
                + " \"host\": \"www.acme.example\", \"text\": \"one\\nwww.acme.example\"}')");

        assertThat(rewrite(MAPPING).changed()).isEqualTo(1);
        assertThat(database.rows("SELECT data->'a'->0->>'url', data->>'host', data->>'text' FROM post"))
                .containsExactly("https://s.example/x|s.example|one\ns.example");
    }

    @Test
    void countsTheValuesThatItChanges() {
        database.run(
                "INSERT INTO post VALUES ('//www.acme.example //www.acme.example', NULL, '//www.acme.example')",
                "INSERT INTO post VALUES ('//media.acme.example', '{}', 'x')");

        assertThat(rewrite(MAPPING)).isEqualTo(new UrlRewrite.Result(3, 0));
    }

    @Test
    void changesNothingTheSecondTime() {
        database.run("INSERT INTO post (body) VALUES ('//www.acme.example')");
        rewrite(MAPPING);

        assertThat(rewrite(MAPPING)).isEqualTo(new UrlRewrite.Result(0, 0));
    }

    @Test
    void countsValuesThatWouldBeTooLongForTheirColumnAndLeavesThem() {
        SiteMapping longer =
                new SiteMapping(Map.of("www.acme.example:443", "a-much-longer.host.example:443"), Map.of());
        database.run("INSERT INTO post (body, short) VALUES ('//www.acme.example', '//www.acme.example')");

        assertThat(rewrite(longer)).isEqualTo(new UrlRewrite.Result(1, 1));
        assertThat(database.rows("SELECT body, short FROM post"))
                .containsExactly("//a-much-longer.host.example|//www.acme.example");
    }

    @Test
    void hasNothingToDoWhereNoHostChanges() {
        database.run("INSERT INTO post (body) VALUES ('//www.acme.example')");

        assertThat(rewrite(new SiteMapping(Map.of("www.acme.example:443", "www.acme.example:443"), Map.of())))
                .isEqualTo(new UrlRewrite.Result(0, 0));
    }

    @Test
    void triggersOfTheProjectDoNotTakeItForAnEditor() {
        database.run(
                "CREATE TABLE touched (n int)",
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO touched VALUES (1);"
                        + " RETURN NEW; END'",
                "INSERT INTO post (body) VALUES ('//www.acme.example')",
                "CREATE TRIGGER t BEFORE UPDATE ON post FOR EACH ROW EXECUTE FUNCTION touch()");

        rewrite(MAPPING);

        assertThat(database.rows("SELECT count(*) FROM touched")).containsExactly("0");
        database.run("UPDATE post SET body = 'x'");
        assertThat(database.rows("SELECT count(*) FROM touched")).containsExactly("1");
    }

    @Test
    void leavesTheTablesOfSitesAndMigrationsAlone() {
        database.run(
                "CREATE TABLE django_site (domain text)", "INSERT INTO django_site VALUES ('www.acme.example')",
                "CREATE TABLE django_migrations (name text)",
                        "INSERT INTO django_migrations VALUES ('www.acme.example')");

        assertThat(rewrite(MAPPING)).isEqualTo(new UrlRewrite.Result(0, 0));
    }

    @Test
    void hostsWithoutTheirPortGoWhereTheOnlySiteOfThatNameGoes() {
        assertThat(rewritten("https://old.acme.example/x")).isEqualTo("https://s.example/x");
    }
}
