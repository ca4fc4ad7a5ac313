package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases whose text is in another encoding than UTF8, on their way into one in UTF8. */
class EncodingsTest {

    private static final int NEWEST = 18;

    private static final CopyOptions MASKED = new CopyOptions(
            MaskingPolicy.builder()
                    .mask("*", "email", Mask.email("example.com"))
                    .keep("*", "*")
                    .build(),
            Secret.of("key"));

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "LATIN1, Straße, Zoë Ünal",
        "SJIS, 住所, 表 ソ",
        "EUC_JP, 住所, 山田 太郎",
        "SQL_ASCII, streets, 山田 Zoë",
        "WIN1251, Улица, Анна"
    })
    void arriveInUtf8(String encoding, String table, String name) throws SQLException {
        TestDatabases databases = new TestDatabases(home);
        // as which a server stores no text, but pg_dump writes it
        String stored = encoding.equals("SJIS") ? "EUC_JP" : encoding;
        dev.restage.sandbox.server.PostgresDatabase made = encoded(stored, table, name);
        PostgresDatabase source = databases.open(made);
        PostgresDatabase copied = databases.empty();
        PostgresDatabase masked = databases.empty();
        PostgresDatabase unpacked = databases.empty();
        PostgresArchive archive = PostgresArchive.of(home.resolve("ours.dump"), Clock.systemUTC());
        PostgresDatabase dumped = databases.empty();
        Path dump = home.resolve("theirs.dump");
        ClientPrograms.atLeast(NEWEST).dump(made, "-Fc", "--encoding=" + encoding, "-f", dump.toString());
        PostgresArchive theirs = PostgresArchive.of(dump, Clock.systemUTC());

        copied.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);
        masked.copyFrom(source, MASKED, Progress.NONE);
        archive.copyFrom(source, MASKED, Progress.NONE);
        unpacked.copyFrom(archive, TestDatabases.UNMASKED, Progress.NONE);

        String query = "SELECT name || ' ' || email FROM \"%s\"".formatted(table);
        assertThat(TestDatabases.one(copied, query)).isEqualTo(name + " ada@real.test");
        assertThat(TestDatabases.one(masked, query)).startsWith(name + " ").endsWith("@example.com");
        assertThat(TestDatabases.one(unpacked, query)).isEqualTo(TestDatabases.one(masked, query));
        dumped.copyFrom(theirs, TestDatabases.UNMASKED, Progress.NONE);
        assertThat(TestDatabases.one(dumped, query)).isEqualTo(name + " ada@real.test");
        if (encoding.equals("SQL_ASCII")) {
            assertThat(dumped.checkCopy(theirs, MASKED).problems())
                    .contains("its text is in SQL_ASCII and masks need UTF8: dump it with pg_dump --encoding=UTF8");
        } else {
            dumped.copyFrom(theirs, MASKED, Progress.NONE);
            assertThat(TestDatabases.one(dumped, query)).isEqualTo(TestDatabases.one(masked, query));
        }
    }

    @Test
    void bytesThatAreNoTextAreRefusedAndNotShown() throws SQLException {
        dev.restage.sandbox.server.PostgresDatabase made = encoded("SQL_ASCII", "letters", "Ada");
        try (Connection connection = made.connect()) {
            new Query(connection).run("INSERT INTO letters VALUES (convert_from('\\x486964fc', 'SQL_ASCII'), 'x')");
        }
        TestDatabases databases = new TestDatabases(home);
        PostgresDatabase source = databases.open(made);
        PostgresDatabase target = databases.creating("CREATE TABLE kept(a int)");

        assertThatThrownBy(() -> target.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE))
                .hasMessageContaining("letters")
                .hasMessageNotContaining("Hid")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.FAILED, ProviderException::kind)
                .returns(Effect.NONE, ProviderException::effect);
        assertThat(TestDatabases.contents(target)).containsKey("TABLE public.kept");
    }

    private static dev.restage.sandbox.server.PostgresDatabase encoded(String encoding, String table, String name)
            throws SQLException {
        dev.restage.sandbox.server.PostgresDatabase made = TestDatabases.encoded(encoding);
        try (Connection connection = made.connect()) {
            new Query(connection)
                    .run(
                            "CREATE TABLE \"%1$s\" (name text, email text); INSERT INTO \"%1$s\" VALUES ('%2$s', 'ada@real.test')"
                                    .formatted(table, name));
        }
        return made;
    }
}
