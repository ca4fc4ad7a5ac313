package dev.restage.trial;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.MaskTarget;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import dev.restage.step.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A database with rows on a PostgreSQL server that all tests share. A test gives it back, for others to start from nothing. */
public final class RealDatabase extends FakeDatabase {

    private static final String TABLES = """
            SELECT n.nspname, c.relname, c.oid::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1, 2""";

    private static final String COLUMNS = """
            SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
            WHERE attrelid = ?::oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum""";

    private static final String REFERENCES = """
            SELECT a.attname, n.nspname, c.relname, k.attname FROM pg_constraint f
            JOIN pg_class c ON c.oid = f.confrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
            JOIN pg_attribute k ON k.attrelid = f.confrelid AND k.attnum = f.confkey[1]
            WHERE f.contype = 'f' AND f.conrelid = ?::oid ORDER BY f.conname""";

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Queue<PostgresDatabase> FREE = new ConcurrentLinkedQueue<>();

    /** Started when the first test asks for it, and ended with this JVM. */
    private static final class Server {

        private static final PostgresServer ONE = started();

        private static PostgresServer started() {
            PostgresServer server = PostgresServer.start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end of the tests' PostgreSQL"));
            return server;
        }
    }

    private final PostgresDatabase database;

    private RealDatabase(PostgresDatabase database, Changes changes) {
        super(database.name(), changes);
        this.database = database;
    }

    /** {@return an empty database after these statements} */
    public static RealDatabase holding(World world, String... statements) {
        PostgresDatabase free = FREE.poll();
        RealDatabase made = new RealDatabase(
                free == null ? Server.ONE.createDatabase("trial" + COUNT.incrementAndGet()) : free, world.changes);
        if (free != null) {
            made.rows("SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'")
                    .forEach(schema -> made.run("DROP SCHEMA %s CASCADE".formatted(schema)));
            made.run("CREATE SCHEMA public");
        }
        made.run(statements);
        return made;
    }

    /** Lets another test have it. */
    public void giveBack() {
        FREE.add(database);
    }

    /** Executes statements. */
    public void run(String... statements) {
        Sql.write(this, World.TARGET, connection -> Sql.execute(connection, List.of(statements)));
    }

    /** {@return the rows of a query, the columns of each with a bar between them} */
    public List<String> rows(String query) {
        return Sql.read(this, World.TARGET, connection -> Sql.rows(connection, query)).stream()
                .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                .toList();
    }

    @Override
    public Connection read() {
        try {
            Connection connection = database.connect();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET default_transaction_read_only = on");
            }
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Connection write() {
        try {
            return database.connect();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public DatabaseShape shape() {
        return Sql.read(this, World.TARGET, connection -> {
            List<TableShape> tables = new ArrayList<>();
            for (List<@Nullable String> table : Sql.rows(connection, TABLES)) {
                String oid = text(table, 2);
                tables.add(new TableShape(
                        text(table, 0),
                        text(table, 1),
                        text(table, 1),
                        columns(Sql.rows(connection, COLUMNS, oid)),
                        List.of(),
                        references(Sql.rows(connection, REFERENCES, oid)),
                        List.of()));
            }
            return new DatabaseShape(tables);
        });
    }

    private static List<TableShape.Column> columns(List<List<@Nullable String>> rows) {
        return rows.stream()
                .map(row ->
                        new TableShape.Column(text(row, 0), text(row, 1), MaskTarget.of(text(row, 1), Set.of()), null))
                .toList();
    }

    private static List<TableShape.Reference> references(List<List<@Nullable String>> rows) {
        return rows.stream()
                .map(row -> new TableShape.Reference(
                        List.of(text(row, 0)), text(row, 1), text(row, 2), List.of(text(row, 3))))
                .toList();
    }

    private static String text(List<@Nullable String> row, int column) {
        return String.valueOf(row.get(column));
    }
}
