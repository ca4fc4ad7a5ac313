package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statistics that pg_dump wrote hold values of rows. */
class StatisticsInArchivesTest {

    @TempDir
    Path folder;

    @Test
    void reachNeitherADatabaseNorAnotherArchive() throws Exception {
        ClientPrograms programs = ClientPrograms.atLeast(18);
        TestDatabases databases = new TestDatabases(folder);
        dev.restage.sandbox.server.PostgresDatabase made =
                TestDatabases.made(TestServers.ofVersion(TestServers.BUNDLED));
        TestDatabases.run(
                databases.open(made),
                "CREATE TABLE sess (id int, email text)",
                "INSERT INTO sess SELECT n, 'ada' || n % 9 || '@acme.test' FROM generate_series(1, 1000) n",
                "CREATE MATERIALIZED VIEW m AS SELECT email || '!' AS email FROM sess",
                "ANALYZE");
        Path dump = folder.resolve("statistics.dump");
        programs.dump(made, "-Fc", "--statistics", "-f", dump.toString());
        assertThat(programs.read(dump, "-f", "-")).contains("pg_restore_attribute_stats", "ada1@acme.test");
        CopyOptions options = new CopyOptions(
                MaskingPolicy.builder()
                        .mask("sess", "email", Mask.email("example.com"))
                        .build(),
                Secret.of("key"));
        PostgresDatabase target = databases.open(TestDatabases.made(TestServers.ofVersion(TestServers.BUNDLED)));
        Path masked = folder.resolve("masked.dump");

        target.copyFrom(PostgresArchive.of(dump, Clock.systemUTC()), options, Progress.NONE);
        PostgresArchive.of(masked, Clock.systemUTC())
                .copyFrom(PostgresArchive.of(dump, Clock.systemUTC()), options, Progress.NONE);

        assertThat(TestDatabases.one(
                        target, "SELECT string_agg(s::text, '') FROM pg_stats s WHERE schemaname = 'public'"))
                .contains("@example.com")
                .doesNotContain("acme.test");
        assertThat(programs.read(masked, "-f", "-"))
                .contains("@example.com")
                .doesNotContain("acme.test", "pg_restore_attribute_stats");
    }
}
