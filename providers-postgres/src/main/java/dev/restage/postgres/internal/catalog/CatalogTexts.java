package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.database.DatabaseTexts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;

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
            new CatalogReader(connection, major).contents().entries().forEach(entry -> of(entry, reader::definition));
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

    /**
     * The texts of an entry, each by the name that rules and messages give to its place: defaults and checks, the rest of the
     * definition, the name of the owner.
     */
    public static void of(Entry entry, BiConsumer<String, String> reader) {
        List<InlinePart> parts = InlinePart.of(entry);
        parts.forEach(part -> reader.accept(part.name(), part.text()));
        if (entry.definition() != null) {
            reader.accept(entry.name(), InlinePart.without(entry.definition(), parts));
        }
        if (entry.owner() != null && !entry.owner().isEmpty()) {
            reader.accept(owner(entry), entry.owner());
        }
    }

    /** What the name of an entry's owner goes by in rules and messages. */
    public static String owner(Entry entry) {
        return "the name of the owner of " + entry.name();
    }
}
