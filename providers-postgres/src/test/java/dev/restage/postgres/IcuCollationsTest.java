package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.plan.SuggestedPolicy;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.Dataset;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns that compare by collations of ICU, for which equal texts may have other bytes. */
class IcuCollationsTest {

    private static final String[] TABLES = {
        "CREATE COLLATION no_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
        "CREATE COLLATION german (provider = icu, locale = 'de-u-co-phonebk')",
        "CREATE TABLE account (email text COLLATE no_case PRIMARY KEY, name text COLLATE german, note text COLLATE no_case)",
        "CREATE INDEX ON account (name)",
        "CREATE TABLE login (email text COLLATE no_case REFERENCES account)",
        "CREATE TABLE word (w text COLLATE german) PARTITION BY RANGE (w)",
        "CREATE TABLE word_a PARTITION OF word FOR VALUES FROM ('a') TO ('b')",
        "CREATE TABLE word_rest PARTITION OF word DEFAULT",
        "INSERT INTO account VALUES ('Ada@Acme.test', 'Ada Lovelace', 'call 07700 900123'), ('bob@acme.test', 'Bob', 'none')",
        "INSERT INTO login VALUES ('ada@acme.TEST')",
        "INSERT INTO word VALUES ('\u00e4rger'), ('Az'), ('zorn')"
    };

    private final TestDatabases databases;
    private final Path home;

    IcuCollationsTest(@TempDir Path home) {
        this.home = home;
        this.databases = new TestDatabases(home);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void arriveWithKeysThatStillReferAndRowsInTheirPartitions(Way way) throws SQLException {
        dev.restage.sandbox.server.PostgresDatabase made = TestDatabases.made(TestDatabases.server());
        TestDatabases.run(made, TABLES);
        Dataset source = way.from(made, databases, home);

        PostgresDatabase target = way.copied(source, databases, options());

        assertThat(TestDatabases.all(
                        target,
                        "SELECT collname || ' ' || collprovider::text || ' ' || collisdeterministic FROM pg_collation"
                                + " WHERE collnamespace = 'public'::regnamespace ORDER BY 1"))
                .containsExactly("german i true", "no_case i false");
        assertThat(
                        TestDatabases.one(
                                target,
                                "SELECT count(*) FROM account JOIN login USING (email) WHERE email LIKE '%@example.com' COLLATE \"C\""))
                .isEqualTo("1");
        assertThat(TestDatabases.one(
                        target, "SELECT string_agg(tableoid::regclass || ' ' || w, ', ' ORDER BY w) FROM word"))
                .isEqualTo("word_a \u00e4rger, word_a Az, word_rest zorn");
    }

    @Test
    void whatIsKeptInThemIsCountedInThePreview() throws SQLException {
        PostgresDatabase source = databases.holding(TABLES);

        assertThat(databases.empty().checkCopy(source, options()).notes())
                .anyMatch(note -> note.startsWith("public.account.note is kept, and holds")
                        && note.contains("telephone numbers in 1"));
    }

    @Test
    void peopleInThemAreKnownInDefinitions() throws SQLException {
        PostgresDatabase source = databases.holding(TABLES);
        TestDatabases.run(source, "COMMENT ON TABLE word IS 'ask ada lovelace'");

        assertThat(databases.empty().checkCopy(source, options()).problems())
                .singleElement()
                .asString()
                .startsWith("COMMENT public.TABLE word holds what public.account.name holds of somebody");
    }

    @Test
    void rulesAreProposedFromTheirValues() throws SQLException {
        PostgresDatabase source = databases.holding(TABLES);

        assertThat(SuggestedPolicy.of(source, MaskingPolicy.builder().build())
                        .policy()
                        .columns())
                .anyMatch(rule -> rule.column().equals("email") && rule.mask().equals(Mask.email("example.com")));
    }

    private static CopyOptions options() {
        return new CopyOptions(
                MaskingPolicy.builder()
                        .mask("account", "email", Mask.email("example.com"))
                        .mask("login", "email", Mask.email("example.com"))
                        .mask("account", "name", Mask.fullName())
                        .keep("*", "*")
                        .build(),
                Secret.of("a key that is long enough for masking"));
    }
}
