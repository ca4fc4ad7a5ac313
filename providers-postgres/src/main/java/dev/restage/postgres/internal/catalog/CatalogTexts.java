package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.DatabaseTexts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What a live database says besides its rows. */
public final class CatalogTexts {

    private CatalogTexts() {}

    /**
     * Reads it all.
     *
     * @param connection with the settings of those that read sources; in no transaction
     */
    public static void read(Connection connection, DatabaseTexts reader) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        connection.setAutoCommit(false);
        try {
            new CatalogReader(connection, major).contents().entries().forEach(entry -> definition(entry, reader));
            Query query = new Query(connection);
            for (String[] value :
                    query.list(CatalogSession.gated(Query.text(CatalogTexts.class, "statistics.sql"), major), row ->
                            new String[] {row.getString(1), row.getString(2), row.getString(3), row.getString(4)})) {
                reader.statistics(value[0], value[1], value[2], value[3]);
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static void definition(Entry entry, DatabaseTexts reader) {
        List<ColumnDefaults> defaults = ColumnDefaults.of(entry);
        defaults.forEach(each -> reader.definition(each.name(), each.text()));
        if (entry.definition() != null) {
            reader.definition(entry.name(), ColumnDefaults.without(entry.definition(), defaults));
        }
        if (entry.owner() != null && !entry.owner().isEmpty()) {
            reader.definition("the name of the owner of " + entry.name(), entry.owner());
        }
    }
}
