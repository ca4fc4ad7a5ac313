package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.Settings;
import dev.restage.provider.database.CopyOptions.Storage;
import java.sql.SQLException;
import java.util.Map;

/** Settings under which a database is filled fast. No role needs a privilege for them. */
final class LoadSettings {

    /** For building indexes; with two of them at a time, 1 GB at most. Source of the figure: docs/benchmarks.md. */
    private static final String MAINTENANCE_MEMORY = "512MB";

    private LoadSettings() {}

    /**
     * Several sessions keep the processors busy, so that no index needs workers of its own. No commit waits for the disk:
     * the one that puts the filled database to use does, and all before it are written with it.
     */
    static Settings of(Query query, Storage storage) throws SQLException {
        Settings settings = new Settings(Map.of(
                "maintenance_work_mem",
                MAINTENANCE_MEMORY,
                "max_parallel_maintenance_workers",
                "0",
                "synchronous_commit",
                "off"));
        return storage == Storage.FAST && hasLz4(query) ? settings.with("default_toast_compression", "lz4") : settings;
    }

    /** Servers from 14 on have lz4 if they were built with it. */
    private static boolean hasLz4(Query query) throws SQLException {
        return query.one(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_settings WHERE name = 'default_toast_compression'"
                        + " AND 'lz4' = ANY (enumvals))",
                row -> row.getBoolean(1));
    }
}
