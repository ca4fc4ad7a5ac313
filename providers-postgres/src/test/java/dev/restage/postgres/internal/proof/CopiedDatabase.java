package dev.restage.postgres.internal.proof;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.MaskTarget;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.Transform;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.postgres.testing.RowEntries;
import dev.restage.provider.Secret;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** Two databases with one schema, of which the second gets the rows of the first, as simply as can be. */
final class CopiedDatabase {

    private static final PostgresServer SERVER = started();
    private static final AtomicInteger COUNT = new AtomicInteger();

    final Sessions source;
    final Sessions target;

    /** Runs a script in both; nothing but the schema of it is left in the target. */
    CopiedDatabase(String script) throws SQLException {
        source = sessions(script);
        target = sessions(script);
        try (Connection connection = target.write()) {
            new Query(connection).run("""
                    DO $$ DECLARE r record; BEGIN
                      FOR r IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype = 'f' LOOP
                        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.t, r.conname); END LOOP;
                    END $$""");
        }
        empty();
    }

    /** Takes all rows out of the target. */
    void empty() throws SQLException {
        try (Connection connection = target.write()) {
            new Query(connection).run("""
                    DO $$ DECLARE r record; BEGIN
                      FOR r IN SELECT c.oid::regclass AS t FROM pg_class c WHERE relkind = 'r'
                          AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) LOOP
                        EXECUTE format('TRUNCATE %s', r.t); END LOOP;
                    END $$""");
        }
    }

    /** What both hold, as far as a proof has to know it. */
    Contents contents() throws SQLException {
        List<TableData> tables = new ArrayList<>();
        try (Connection connection = source.read()) {
            for (TargetTable table : TargetTable.all(connection)) {
                if (!table.cuttable()) {
                    continue;
                }
                List<TableShape.Column> columns = table.columns().stream()
                        .map(column -> new TableShape.Column(
                                column.name(),
                                column.type(),
                                MaskTarget.of(column.type(), Set.of()),
                                column.generated() ? "x" : null))
                        .toList();
                tables.add(new TableData(
                        RowEntries.of(tables.size() + 1, table.schema(), table.name()),
                        new TableShape(
                                table.schema(),
                                table.name(),
                                table.name(),
                                columns,
                                List.of(),
                                references(connection, table),
                                List.of()),
                        columns.stream()
                                .filter(column -> column.generated() == null)
                                .map(TableShape.Column::name)
                                .toList(),
                        0,
                        0,
                        0));
            }
        }
        return new Contents(
                "db",
                18,
                "18",
                "UTF8",
                List.of(),
                tables,
                new DatabaseShape(tables.stream().map(TableData::table).toList()));
    }

    /** Foreign keys of one column, by which rules find the tables of pages and accounts. */
    private static List<TableShape.Reference> references(Connection connection, TargetTable table) throws SQLException {
        return new Query(connection)
                .list(
                        """
                SELECT a.attname, n.nspname, r.relname, k.attname
                FROM pg_constraint c JOIN pg_class r ON r.oid = c.confrelid JOIN pg_namespace n ON n.oid = r.relnamespace
                  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                  JOIN pg_attribute k ON k.attrelid = c.confrelid AND k.attnum = c.confkey[1]
                WHERE c.contype = 'f' AND array_length(c.conkey, 1) = 1
                  AND c.conrelid = format('%I.%I', '{schema}', '{table}')::regclass
                """.replace("{schema}", table.schema()).replace("{table}", table.name()),
                        row -> new TableShape.Reference(
                                List.of(row.getString(1)),
                                row.getString(2),
                                row.getString(3),
                                List.of(row.getString(4))));
    }

    /** Copies the rows through a transform, one table after the other. */
    void copy(Contents contents, Transform transform) throws SQLException, IOException {
        try (Connection from = source.source();
                Connection to = target.target()) {
            for (TableData data : contents.tables()) {
                if (transform.carriesRows(data)) {
                    copy(from, to, data, transform);
                }
            }
            String views = String.join(
                    "; ",
                    new Query(to)
                            .list(
                                    "SELECT 'REFRESH MATERIALIZED VIEW ' || oid::regclass FROM pg_class WHERE relkind = 'm'",
                                    row -> row.getString(1)));
            new Query(to).run(views);
        }
    }

    private static void copy(Connection from, Connection to, TableData data, Transform transform)
            throws SQLException, IOException {
        String columns = data.columns().stream().map(Query::quoted).collect(Collectors.joining(", "));
        String table = "%s.%s %s"
                .formatted(
                        Query.quoted(data.table().schema()),
                        Query.quoted(data.table().name()),
                        columns.isEmpty() ? "" : "(" + columns + ")");
        CopyOut out = from.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY " + table + " TO STDOUT");
        CopyIn in = to.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + table + " FROM STDIN");
        RowSink rows = transform.before(data, in::writeToCopy);
        for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
            rows.row(row, 0, row.length);
        }
        in.endCopy();
    }

    private static Sessions sessions(String script) throws SQLException {
        PostgresDatabase made = SERVER.createDatabase("proof" + COUNT.incrementAndGet());
        Properties properties = new Properties();
        properties.setProperty("user", made.user());
        properties.setProperty("password", made.password());
        properties.setProperty("preferQueryMode", "simple");
        try (Connection connection = DriverManager.getConnection(made.jdbcUrl(), properties);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(script);
        }
        return new Sessions(new ConnectionSpec(
                made.host(), made.port(), made.name(), made.user(), Secret.of(made.password()), "disable"));
    }

    private static PostgresServer started() {
        PostgresServer server = PostgresServer.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }
}
