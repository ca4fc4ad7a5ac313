package dev.restage.postgres.internal.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Variables;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {

    private static final String OLD = "CREATE TABLE t AS SELECT 'old' AS state";

    @TempDir
    Path home;

    @Test
    void aDatabaseThatMayNotHoldItIsLeftAsItIs() throws SQLException {
        TestTarget source = source();
        TestTarget target = TestTarget.plain(OLD);

        refused(source, target, 5_000_000, "may hold 5.0 MB and needs ");
        engine(target).withCapacity(20_000_000).copy(new LiveOrigin(source.sessions), Load.ALL, Progress.NONE);
        assertThat(target.one("SELECT count(*) FROM big")).isEqualTo("20000");
    }

    @Test
    void oldAndNewHaveToFitWhereBothAreKept() throws SQLException {
        refused(source(), TestTarget.creating(OLD), 10_000_000, " beside the ");
    }

    @Test
    void aFileIsRefusedOnlyWhereItCannotFit() throws Exception {
        assertThat(Room.problem(home, 50, 1000))
                .hasValueSatisfying(problem -> assertThat(problem).contains(home.toString(), "free space there"));
        assertThat(Room.problem(home, 100, 1000)).isEmpty();
        assertThat(Room.problem(home.resolve("file.dump"), Long.MAX_VALUE)).isPresent();
        assertThat(Room.problem(home.resolve("file.dump"), 1000)).isEmpty();
    }

    private void refused(TestTarget source, TestTarget target, long capacity, String why) throws SQLException {
        assertThatThrownBy(() -> engine(target)
                        .withCapacity(capacity)
                        .copy(new LiveOrigin(source.sessions), Load.ALL, Progress.NONE))
                .isInstanceOfSatisfying(ProviderException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED);
                    assertThat(e.effect()).isEqualTo(Effect.NONE);
                })
                .hasMessageContaining(target.name())
                .hasMessageContaining(why);
        assertThat(target.one("SELECT state FROM t")).isEqualTo("old");
    }

    private static TestTarget source() throws SQLException {
        return TestTarget.plain(
                "CREATE TABLE big AS SELECT i, repeat('x', 200) AS text FROM generate_series(1, 20000) i",
                "CREATE INDEX ON big (text, i)");
    }

    private Engine engine(TestTarget target) {
        return new Engine(target.sessions, Variables.of(Map.of("RESTAGE_HOME", home.toString())));
    }
}
