package dev.restage.postgres.bench;

import dev.restage.sandbox.server.PostgresBinaries;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A server as people run it, but for more memory and room for its log: unlike that of tests it syncs to disk. */
final class BenchServer implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.of(
            "shared_buffers", "1GB",
            "max_wal_size", "4GB",
            "fsync", "on",
            "full_page_writes", "on",
            "synchronous_commit", "on",
            "wal_level", "replica");

    private final PostgresServer server;
    private final long postmaster;

    BenchServer(Path home) throws SQLException {
        server = PostgresServer.start(new PostgresBinaries(home), SETTINGS);
        postmaster = Long.parseLong(ask("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"));
    }

    PostgresDatabase create(String name) throws SQLException {
        tell("CREATE DATABASE " + name);
        return server.asSuperuser(name);
    }

    /** Drops what {@link #create} made, and what was kept beside it. */
    void dropAll() throws SQLException {
        for (String name : ask("SELECT string_agg(quote_ident(datname), ',') FROM pg_database"
                        + " WHERE NOT datistemplate AND datname <> 'postgres'")
                .split(",", -1)) {
            tell("DROP DATABASE %s WITH (FORCE)".formatted(name));
        }
    }

    /** So that no way pays for the writing of the one before. */
    void settle() throws SQLException {
        tell("CHECKPOINT");
    }

    /** Seconds so far; waits for the end of sessions, as the time of ended ones is counted when they are gone. */
    double cpuSeconds() throws SQLException, IOException, InterruptedException {
        while (!ask("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
                .equals("1")) {
            Thread.sleep(20);
        }
        return Cpu.ofServer(postmaster);
    }

    String version() throws SQLException {
        return ask("SHOW server_version");
    }

    private void tell(String sql) throws SQLException {
        try (Connection connection = server.connectAsSuperuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = server.connectAsSuperuser("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
