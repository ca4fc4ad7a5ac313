package dev.restage.postgres.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.Transform;
import dev.restage.postgres.internal.schema.Selection;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.postgres.testing.RowSums;
import dev.restage.postgres.testing.SchemaText;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions.Storage;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int WORKERS = 3;

    @ParameterizedTest
    @CsvSource({"postgres/pagila.sql, 13, 13", "wagtail/bakery.sql, 13, 13"})
    void copyHasTheSchemaAndTheRowsOfItsSource(String fixture, int from, int to) throws Exception {
        PostgresDatabase source = empty(from);
        load(source, fixture(fixture));
        PostgresDatabase target = empty(to);

        copy(source, target, to, Transform.NONE, Progress.NONE);

        assertThat(sums(target)).isEqualTo(sums(source));
        assertThat(SchemaText.of(target, 18)).isEqualTo(SchemaText.of(source, 18));
    }

    @Test
    void bigTableIsReadInPartsAndArrivesWhole() throws Exception {
        PostgresDatabase source = empty(TestServers.BUNDLED);
        run(
                source,
                "CREATE TABLE big (id int PRIMARY KEY, text text)",
                "INSERT INTO big SELECT i, repeat(md5(i::text), 10) FROM generate_series(1, 20000) i",
                "ANALYZE");
        PostgresDatabase target = empty(TestServers.BUNDLED);

        try (LiveSource live = LiveSource.open(sessions(source), TestServers.BUNDLED, List.of(), 1 << 20);
                LiveSink sink = LiveSink.open(sessions(target), Storage.FAST)) {
            Contents contents = live.contents();
            assertThat(live.parts(contents.tables().get(0), WORKERS)).hasSize(WORKERS);
            Transfer.Result result = new Transfer(
                            live, sink, new Selection(Set.of()).of(contents), Transform.NONE, Progress.NONE)
                    .run(WORKERS);

            assertThat(result.rows()).containsEntry("public.big", 20_000L);
        }
        assertThat(sums(target)).isEqualTo(sums(source));
    }

    @Test
    void whatIsMadeOnAPartitionedTableWaitsForTheRowsOfAllItsPartitions() throws Exception {
        PostgresDatabase source = empty(TestServers.BUNDLED);
        run(
                source,
                "CREATE TABLE part (id int PRIMARY KEY, text text) PARTITION BY RANGE (id)",
                "CREATE TABLE part1 PARTITION OF part FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE part2 PARTITION OF part FOR VALUES FROM (10) TO (100000)",
                "CREATE TABLE other (id int REFERENCES part)",
                "CREATE FUNCTION upper_text() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$BEGIN NEW.text := 'by the trigger'; RETURN NEW; END$$",
                "INSERT INTO part SELECT i, repeat('x', 200) FROM generate_series(1, 50000) i",
                "INSERT INTO other SELECT id FROM part",
                "CREATE TRIGGER changes BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION upper_text()",
                "ANALYZE");
        PostgresDatabase target = empty(TestServers.BUNDLED);

        copy(source, target, TestServers.BUNDLED, Transform.NONE, Progress.NONE);

        assertThat(sums(target)).isEqualTo(sums(source));
    }

    @Test
    void aPartOfTheRowsIsCopiedWithAllThatBelongsToIt() throws Exception {
        PostgresDatabase source = empty(TestServers.BUNDLED);
        load(source, fixture("postgres/pagila.sql"));
        PostgresDatabase target = empty(TestServers.BUNDLED);

        try (LiveSource live = LiveSource.open(sessions(source), TestServers.BUNDLED);
                LiveSink sink = LiveSink.open(sessions(target), Storage.FAST)) {
            Contents contents = new Selection(Set.of()).of(live.contents());
            RowFilters filters = RowFilters.of(contents.shape(), java.util.Map.of("customer", "store_id = 1"));
            assertThat(filters.problems()).isEmpty();
            live.filter(filters.conditions());
            new Transfer(live, sink, contents, Transform.NONE, Progress.NONE).run(WORKERS);
        }

        String counts = "SELECT concat_ws(' ', (SELECT count(*) FROM public.customer%1$s),"
                + " (SELECT count(*) FROM public.rental%2$s), (SELECT count(*) FROM public.film))";
        String of = " WHERE customer_id IN (SELECT customer_id FROM public.customer WHERE store_id = 1)";
        assertThat(one(target, counts.formatted("", "")))
                .isEqualTo(one(source, counts.formatted(" WHERE store_id = 1", of)));
        assertThat(one(target, "SELECT count(*) FROM public.payment p JOIN public.rental r USING (rental_id)"))
                .isNotEqualTo("0");
    }

    @Test
    void progressGrowsToTheNumberOfRowsAndBytes() throws Exception {
        PostgresDatabase source = empty(TestServers.BUNDLED);
        // a vacuum in between would let it grow
        run(
                source,
                "CREATE TABLE a WITH (autovacuum_enabled = off) AS SELECT i FROM generate_series(1, 300000) i",
                "ANALYZE");
        String bytes = one(source, "SELECT pg_table_size('a')");
        List<Long> rows = Collections.synchronizedList(new ArrayList<>());
        List<Long> stored = Collections.synchronizedList(new ArrayList<>());
        Set<Long> totals = Collections.synchronizedSet(new HashSet<>());

        copy(source, empty(TestServers.BUNDLED), TestServers.BUNDLED, Transform.NONE, (unit, now, total) -> {
            if (unit == Progress.Unit.ROWS) {
                rows.add(now);
            } else {
                stored.add(now);
                totals.add(total);
            }
        });

        assertThat(rows).isSorted().endsWith(300_000L);
        assertThat(stored).isSorted().endsWith(Long.parseLong(bytes));
        assertThat(totals).containsExactly(Long.parseLong(bytes));
    }

    @Test
    void oneFailureEndsAllAndNamesItsTableButNoValue() throws Exception {
        PostgresDatabase source = empty(TestServers.BUNDLED);
        run(
                source,
                "CREATE TABLE a AS SELECT i FROM generate_series(1, 500000) i",
                "CREATE TABLE b AS SELECT i FROM generate_series(1, 1000) i",
                "ANALYZE");
        PostgresDatabase target = empty(TestServers.BUNDLED);
        Transform breaks = new Transform() {
            @Override
            public boolean carriesRows(TableData table) {
                return true;
            }

            @Override
            public RowSink before(TableData table, RowSink next) {
                return table.table().name().equals("b")
                        ? (buffer, from, length) ->
                                next.row("secret\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, 7)
                        : next;
            }
        };

        assertThatThrownBy(() -> copy(source, target, TestServers.BUNDLED, breaks, Progress.NONE))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("rows of public.b")
                .hasMessageNotContaining("secret");
    }

    @Test
    void interruptEndsATransferAtOnce() throws Exception {
        PostgresDatabase source = empty(TestServers.BUNDLED);
        run(source, "CREATE TABLE a AS SELECT i FROM generate_series(1, 1000000) i", "ANALYZE");
        PostgresDatabase target = empty(TestServers.BUNDLED);
        CountDownLatch started = new CountDownLatch(1);
        FutureTask<Boolean> copy = new FutureTask<>(() -> {
            copy(source, target, TestServers.BUNDLED, Transform.NONE, (unit, done, total) -> started.countDown());
            return true;
        });
        Thread thread = new Thread(copy);
        thread.start();
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();

        thread.interrupt();

        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(thread.isAlive()).isFalse();
        assertThatThrownBy(copy::get).hasRootCauseInstanceOf(InterruptedException.class);
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name LIKE 'restage copy%' AND state = 'active'")) {
            row.next();
            assertThat(row.getInt(1)).isZero();
        }
    }

    private static void copy(
            PostgresDatabase source, PostgresDatabase target, int major, Transform transform, Progress progress)
            throws Exception {
        try (LiveSource live = LiveSource.open(sessions(source), major);
                LiveSink sink = LiveSink.open(sessions(target), Storage.FAST)) {
            Contents contents = new Selection(Set.of()).of(live.contents());
            assertThat(live.uncarried()).isEmpty();
            new Transfer(live, sink, contents, transform, progress).run(WORKERS);
        }
    }

    private static Sessions sessions(PostgresDatabase database) {
        return new Sessions(new ConnectionSpec(
                database.host(),
                database.port(),
                database.name(),
                database.user(),
                Secret.of(database.password()),
                "disable"));
    }

    private static PostgresDatabase empty(int major) {
        PostgresServer server = TestServers.ofVersion(major);
        return server.createDatabase("transfer" + COUNT.incrementAndGet());
    }

    private static java.util.Map<String, String> sums(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return RowSums.of(connection);
        }
    }

    private static Path fixture(String name) {
        String fixtures = System.getProperty("restage.fixtures", "");
        assumeTrue(!fixtures.isEmpty(), "restage.fixtures is not set, so there is no " + name);
        return Path.of(fixtures, name);
    }

    private static void load(PostgresDatabase database, Path file) throws SQLException, IOException {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("preferQueryMode", "simple");
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), properties);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(Files.readString(file));
        }
    }

    private static String one(PostgresDatabase database, String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void run(PostgresDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
