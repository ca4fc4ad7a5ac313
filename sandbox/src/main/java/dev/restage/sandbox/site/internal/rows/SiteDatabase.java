package dev.restage.sandbox.site.internal.rows;

import dev.restage.sandbox.internal.Resource;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.site.internal.content.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Fills a database with the content of one environment, as its owner. */
public final class SiteDatabase {

    private SiteDatabase() {}

    public static void fill(PostgresDatabase database, Content content, List<String> lastMigrations) {
        Rows rows = new Rows();
        FrameworkRows.add(content, rows);
        AccountRows.add(content, rows);
        MediaRows.add(content, rows);
        PageRows.add(content, rows);
        VisitorRows.add(content, rows);
        DjangoSchema schema = DjangoSchema.read();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE EXTENSION citext; CREATE EXTENSION hstore");
            statement.execute(String.join(";\n", schema.tables()));
            rows.load(connection);
            statement.execute(Resource.text(SiteDatabase.class, "search.sql"));
            statement.execute(String.join(";\n", schema.constraints()));
            statement.execute(Resource.text(SiteDatabase.class, "extras.sql"));
            for (String sql : lastMigrations) {
                statement.execute(sql);
            }
            statement.execute(schema.numberedTables().stream()
                    .map(
                            "SELECT setval(pg_get_serial_sequence('%1$s', 'id'), coalesce(max(id), 1)) FROM %1$s"
                                    ::formatted)
                    .collect(Collectors.joining(" UNION ALL ")));
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot fill " + database, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot fill " + database, e);
        }
    }
}
