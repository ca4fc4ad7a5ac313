package dev.restage.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** One consistent view of a live database. Its tables are locked against changes of their form, not against writes. */
final class LiveSource implements SchemaSource {

    private final Connection connection;
    private final CatalogReader reader;
    private final List<TableData> tables;

    LiveSource(Connection connection) throws SQLException {
        this.connection = connection;
        lockTables();
        this.reader = new CatalogReader(new Catalog(connection));
        this.tables = reader.tables();
    }

    CatalogReader reader() {
        return reader;
    }

    @Override
    public List<SchemaEntry> entries() throws SQLException {
        return reader.entries();
    }

    @Override
    public List<TableData> tables() {
        return tables;
    }

    @Override
    public void rows(TableData table, RowSink sink) throws SQLException, java.io.IOException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(table.copyText() + " TO STDOUT");
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            sink.take(row);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void lockTables() throws SQLException {
        List<TableData> before = new CatalogReader(new Catalog(connection)).tables();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (TableData table : before) {
                statement.execute("LOCK TABLE ONLY %s.%s IN ACCESS SHARE MODE"
                        .formatted(Catalog.quoted(table.schema()), Catalog.quoted(table.name())));
            }
        }
    }
}
