package dev.restage.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Replaces what a live database holds, in one transaction: others see all of it or nothing. */
final class LiveSink implements SchemaSink {

    private final Connection connection;
    private final Marker marker;
    private String current = "";

    LiveSink(Connection connection, Marker marker) {
        this.connection = connection;
        this.marker = marker;
    }

    /** What was being made, for messages. */
    String current() {
        return current;
    }

    void empty() throws SQLException {
        connection.setAutoCommit(false);
        CatalogReader reader = new CatalogReader(new Catalog(connection));
        current = "the locks on its tables";
        for (TableData table : reader.tables()) {
            execute("LOCK TABLE %s.%s IN ACCESS EXCLUSIVE MODE"
                    .formatted(Catalog.quoted(table.schema()), Catalog.quoted(table.name())));
        }
        List<String> drops = reader.drops();
        for (String drop : drops) {
            current = drop;
            execute(drop);
        }
    }

    @Override
    public void make(SchemaEntry entry) throws SQLException {
        current = entry.kind() + " " + entry.name();
        execute(entry.definition());
    }

    @Override
    public TableSink open(TableData table) throws SQLException {
        current = "rows of " + table.qualifiedName();
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copyText() + " FROM STDIN");
        return new TableSink() {
            @Override
            public void take(byte[] row) throws SQLException {
                copy.writeToCopy(row, 0, row.length);
            }

            @Override
            public void end() throws SQLException {
                copy.endCopy();
            }
        };
    }

    @Override
    public void finish() throws SQLException {
        current = "the commit";
        marker.write(connection);
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
