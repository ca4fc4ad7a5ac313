package dev.restage.sandbox.server;

import dev.restage.sandbox.internal.Resource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Databases as Heroku hands them over: a plain role that owns the database and its schema {@code public}, and beside it what
 * belongs to the company and no customer can change, in the schema {@code _heroku}, in event triggers and in rights.
 */
public final class HerokuDatabases {

    private final PostgresServer server;

    /**
     * Makes databases on a server.
     *
     * @param server where they are made
     */
    public HerokuDatabases(PostgresServer server) {
        this.server = server;
    }

    /**
     * Makes a role and an empty database of it.
     *
     * @param name the name of both: lower case letters, digits, underscores
     * @return the database
     */
    public PostgresDatabase create(String name) {
        PostgresDatabase database = server.createDatabase(name);
        furnish(database.name(), database.user());
        return database;
    }

    /**
     * Makes a database anew, as {@code pg:reset} does: it is dropped with all sessions in it, and is empty then.
     *
     * @param name the name of a database that {@link #create} made
     */
    public void renew(String name) {
        try (Connection connection = server.connectAsSuperuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE %s WITH (FORCE)".formatted(name));
            statement.execute("CREATE DATABASE %s OWNER %s".formatted(name, name));
            statement.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make database %s anew".formatted(name), e);
        }
        furnish(name, name);
    }

    private void furnish(String database, String owner) {
        try (Connection connection = server.connectAsSuperuser(database);
                Statement statement = connection.createStatement()) {
            statement.execute(Resource.text(HerokuDatabases.class, "heroku-roles.sql"));
            statement.execute(Resource.text(HerokuDatabases.class, "heroku.sql").replace("{owner}", owner));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make database %s one of Heroku".formatted(database), e);
        }
    }
}
