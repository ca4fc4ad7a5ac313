package dev.restage.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HerokuDatabasesTest {

    private static PostgresServer server;
    private static HerokuDatabases heroku;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
        heroku = new HerokuDatabases(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void holdsWhatBelongsToTheCompany() throws SQLException {
        PostgresDatabase database = heroku.create("shop");

        assertThat(one(
                        database,
                        "SELECT string_agg(evtname || ' ' || pg_get_userbyid(evtowner), ', ' ORDER BY evtname)"
                                + " FROM pg_event_trigger"))
                .isEqualTo("extension_before_drop heroku_admin, log_create_ext heroku_admin, log_drop_ext heroku_admin,"
                        + " validate_extension heroku_admin");
        assertThat(one(database, "SELECT has_schema_privilege('rds_superuser', 'public', 'USAGE')"))
                .isEqualTo("f");
        assertThat(one(
                        database,
                        "SELECT pg_get_userbyid(extowner) FROM pg_extension WHERE extname = 'pg_stat_statements'"))
                .isEqualTo("rdsadmin");
    }

    @Test
    void itsRoleMakesTrustedExtensionsAndNothingOfTheCompanys() throws SQLException {
        PostgresDatabase database = heroku.create("plain");

        run(database, "CREATE EXTENSION citext", "DROP EXTENSION citext");

        assertThatThrownBy(() -> run(database, "DROP SCHEMA _heroku CASCADE")).hasMessageContaining("must be owner");
        assertThatThrownBy(() -> run(database, "DROP EVENT TRIGGER log_create_ext"))
                .hasMessageContaining("must be owner");
        assertThatThrownBy(() -> run(database, "DROP EXTENSION pg_stat_statements"))
                .hasMessageContaining("must be owner");
    }

    @Test
    void isAsNewWhenItWasRenewed() throws SQLException {
        PostgresDatabase database = heroku.create("renewed");
        run(database, "CREATE TABLE note (id int)", "CREATE SCHEMA extra");

        heroku.renew("renewed");

        assertThat(one(
                        database,
                        "SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace"
                                + " WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"))
                .isEqualTo("_heroku public");
        assertThat(one(database, "SELECT count(*) FROM pg_class WHERE relname = 'note'"))
                .isEqualTo("0");
        run(database, "CREATE TABLE note (id int)");
    }

    private static void run(PostgresDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String one(PostgresDatabase database, String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
