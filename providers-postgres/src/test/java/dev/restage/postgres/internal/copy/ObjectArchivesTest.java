package dev.restage.postgres.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.internal.archive.ArchiveOptions;
import dev.restage.postgres.internal.archive.ArchiveSink;
import dev.restage.postgres.internal.archive.ArchiveSource;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Sink;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.content.Transform;
import dev.restage.postgres.internal.schema.Selection;
import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.postgres.testing.SchemaText;
import dev.restage.provider.Progress;
import dev.restage.provider.database.CopyOptions.Extra;
import dev.restage.provider.database.CopyOptions.Storage;
import dev.restage.sandbox.server.PostgresDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of object goes into an archive and out of it, by the real pg_restore and by our own hands. */
class ObjectArchivesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"13, 13, 15", "15, 15, 15", "18, 18, 18", "13, 18, 18", "15, 18, 18"})
    void archiveHasEachKindOfObject(int from, int to, int restoring) throws Exception {
        ClientPrograms programs = ClientPrograms.atLeast(ObjectsTest.NEWEST);
        PostgresDatabase source = ObjectsTest.empty(from);
        ObjectsTest.run(source, ObjectsTest.statements(from));
        if (from != to) {
            // pg_dump leaves out which functions serve it, and then nobody can make it
            ObjectsTest.run(source, "DROP LANGUAGE \"Odd language\" CASCADE");
        }
        Path archive = folder.resolve("objects.dump");
        try (LiveSource live = LiveSource.open(ObjectsTest.sessions(source), to);
                Sink sink = ArchiveSink.to(archive, ArchiveOptions.COMMON, Clock.systemUTC())) {
            transfer(live, sink, 1);
        }
        PostgresDatabase expected = source;
        if (from != to) {
            expected = ObjectsTest.empty(to);
            Path script = folder.resolve("objects.sql");
            programs.dump(source, "-f", script.toString());
            programs.psql(expected, script);
            // whose it is in every new database since 15, which a copy leaves as it is
            ObjectsTest.run(expected, "ALTER SCHEMA public OWNER TO pg_database_owner");
        }

        PostgresDatabase theirs = ObjectsTest.empty(to);
        ClientPrograms.ofVersion(restoring).restore(theirs, archive);
        PostgresDatabase ours = ObjectsTest.empty(to);
        try (Source read = ArchiveSource.of(archive);
                Sink sink = LiveSink.open(ObjectsTest.sessions(ours), Storage.AS_SOURCE)) {
            transfer(read, sink, ObjectsTest.WORKERS);
        }

        for (PostgresDatabase restored : new PostgresDatabase[] {theirs, ours}) {
            assertThat(SchemaText.of(restored, programs).lines())
                    .containsExactlyElementsOf(
                            SchemaText.of(expected, programs).lines().toList());
            assertThat(ObjectsTest.sums(restored)).isEqualTo(ObjectsTest.sums(source));
        }
    }

    private static void transfer(Source source, Sink sink, int workers) throws Exception {
        Contents contents = new Selection(EnumSet.allOf(Extra.class)).of(source.contents());
        new Transfer(source, sink, contents, Transform.NONE, Progress.NONE).run(workers);
    }
}
