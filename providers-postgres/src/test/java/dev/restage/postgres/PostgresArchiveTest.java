package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.PersonMask;
import dev.restage.postgres.internal.archive.ArchiveSource;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.postgres.testing.RowSums;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archive files as what is copied, and as where to. */
class PostgresArchiveTest {

    private static final String FIXTURES = System.getProperty("restage.fixtures", "");

    private static final String CUSTOMERS = """
            CREATE TABLE customer (id int PRIMARY KEY, email text);
            INSERT INTO customer SELECT n, 'jane.' || n || '@real.example' FROM generate_series(1, 100) n;
            """;

    @TempDir
    Path folder;

    @Test
    void fillsADatabaseFromWhatPgDumpWrote() throws Exception {
        assumeTrue(!FIXTURES.isEmpty(), "no fixtures: set restage.fixtures");
        TestDatabases databases = new TestDatabases(folder);
        PostgresDatabase expected = databases.loaded(Path.of(FIXTURES, "postgres", "pagila.sql"));
        PostgresDatabase target = databases.empty();
        PostgresArchive archive = archive(Path.of(FIXTURES, "postgres", "archives", "pagila-v1.14.dump"));

        CopyResult result = target.copyFrom(archive, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(result.totalRows()).isEqualTo(46_273);
        assertThat(TestDatabases.contents(target)).containsExactlyInAnyOrderEntriesOf(TestDatabases.contents(expected));
    }

    @Test
    void writesWhatPgRestoreMakesTheSameDatabaseOf() throws Exception {
        ClientPrograms programs = ClientPrograms.newest();
        TestDatabases databases = new TestDatabases(folder);
        PostgresDatabase source = databases.holding(CUSTOMERS);
        PostgresArchive archive = archive(folder.resolve("new.dump"));

        CopyResult result = archive.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);

        dev.restage.sandbox.server.PostgresDatabase restored =
                TestDatabases.server().createDatabase("restored_archive");
        programs.restore(restored, folder.resolve("new.dump"), "-O", "-x");
        try (Connection copy = DriverManager.getConnection(restored.jdbcUrl(), restored.user(), restored.password());
                Connection original = source.read()) {
            assertThat(RowSums.of(copy)).isNotEmpty().isEqualTo(RowSums.of(original));
        }
        assertThat(result.totalRows()).isEqualTo(100);
        assertThat(result.proof().tables()).isEqualTo(1);
        assertThat(archive.describe().tables()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new.dump"))))
                .isEqualTo("rw-------");
    }

    @Test
    void masksOneArchiveIntoAnother() throws Exception {
        PostgresArchive original = archive(folder.resolve("original.dump"));
        original.copyFrom(new TestDatabases(folder).holding(CUSTOMERS), TestDatabases.UNMASKED, Progress.NONE);
        CopyOptions masked = new CopyOptions(
                MaskingPolicy.builder()
                        .mask("customer", "email", new PersonMask.Email("staging.example", List.of()))
                        .build(),
                Secret.of("a key that is long enough for masking"));

        CopyResult result = archive(folder.resolve("masked.dump")).copyFrom(original, masked, Progress.NONE);

        assertThat(result.maskedValues()).isEqualTo(100);
        assertThat(rows(folder.resolve("original.dump"))).contains("real.example");
        assertThat(rows(folder.resolve("masked.dump")))
                .doesNotContain("real.example")
                .contains("@");
    }

    @Test
    void refusesAStrictPolicyWithoutARuleBeforeThereIsAFile() throws Exception {
        PostgresDatabase source = new TestDatabases(folder).holding(CUSTOMERS);
        PostgresArchive archive = archive(folder.resolve("refused.dump"));
        CopyOptions strict = new CopyOptions(MaskingPolicy.builder().build(), Secret.of("key"));

        assertThat(archive.checkCopy(source, strict).problems())
                .singleElement()
                .asString()
                .contains("email");
        assertThatThrownBy(() -> archive.copyFrom(source, strict, Progress.NONE))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNSUPPORTED, ProviderException::kind);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysThatThereIsNoFileOrNoArchive() throws Exception {
        Path text = Files.writeString(folder.resolve("dump.sql"), "--\n-- PostgreSQL database dump\n--\n");

        assertThatThrownBy(archive(folder.resolve("nothing.dump"))::describe)
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
        assertThatThrownBy(archive(text)::shape)
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNSUPPORTED, ProviderException::kind)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("dump.sql", "-Fc");
    }

    private static PostgresArchive archive(Path file) {
        return PostgresArchive.of(file, Clock.systemUTC());
    }

    private static String rows(Path archive) throws Exception {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (ArchiveSource source = ArchiveSource.of(archive)) {
            for (TableData table : source.contents().tables()) {
                source.rows(TablePart.whole(table), rows::write);
            }
        }
        return rows.toString(StandardCharsets.UTF_8);
    }
}
