package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.restage.provider.CopyResult;
import dev.restage.provider.Progress;
import dev.restage.provider.Snapshot;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real databases, copied and restored whole. */
class FixtureCopyTest {

    private static final String FIXTURES = System.getProperty("restage.fixtures", "");

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {"wagtail/bakery.sql", "postgres/pagila.sql", "postgres/chinook.sql", "postgres/northwind.sql"})
    void copiesAndRestoresEverything(String fixture) throws Exception {
        assumeTrue(!FIXTURES.isEmpty(), "no fixtures: set restage.fixtures");
        TestDatabases databases = new TestDatabases(home);
        PostgresDatabase source = databases.loaded(Path.of(FIXTURES, fixture));
        Map<String, String> expected = TestDatabases.contents(source);
        PostgresDatabase copy = databases.holding("CREATE TABLE old(a int)");
        PostgresDatabase restored = databases.empty();

        CopyResult result = copy.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);
        Snapshot snapshot = copy.capture(Progress.NONE);
        restored.restore(snapshot.id(), Progress.NONE);
        restored.restore(snapshot.id(), Progress.NONE);

        assertThat(TestDatabases.contents(copy)).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(TestDatabases.contents(restored)).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(result.totalRows()).isPositive();
        assertThat(restored.restored()).contains(snapshot.id());
    }
}
