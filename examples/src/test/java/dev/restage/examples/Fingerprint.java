package dev.restage.examples;

import dev.restage.sandbox.Sandbox;
import dev.restage.sandbox.server.PostgresDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a part of the sandbox holds, to compare before with after. */
final class Fingerprint {

    private Fingerprint() {}

    /** {@return table to a checksum over its rows} */
    static Map<String, String> of(PostgresDatabase database) throws SQLException {
        Map<String, String> sums = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT quote_ident(tablename) FROM pg_tables"
                    + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet row = statement.executeQuery(
                        "SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM "
                                + table + " t")) {
                    row.next();
                    sums.put(table, row.getString(1));
                }
            }
        }
        return sums;
    }

    /** {@return key to a checksum over the object} */
    static Map<String, Integer> ofBucket(Sandbox sandbox, String bucket) {
        Map<String, Integer> sums = new TreeMap<>();
        for (String key : sandbox.s3().keys(bucket)) {
            sums.put(key, Arrays.hashCode(sandbox.s3().get(bucket, key).orElseThrow()));
        }
        return sums;
    }

    /** {@return all that a refused run must not have changed, and what nobody may ever change of production} */
    static Map<String, Object> ofAll(Sandbox sandbox) throws SQLException, IOException {
        Map<String, Object> all = new TreeMap<>(ofProduction(sandbox));
        all.put("staging database", of(sandbox.site().staging().database()));
        all.put("staging bucket", ofBucket(sandbox, sandbox.site().staging().bucket()));
        all.put(
                "staging branch",
                Branches.head(sandbox, sandbox.site().branches().staging()));
        all.put("staging config", sandbox.heroku().configVars("acme-staging"));
        all.put("redis", sandbox.redis().keys(0, "*"));
        all.put("purges", sandbox.cloudflare().purges().size());
        all.put("messages", sandbox.webhook().messages().size());
        return all;
    }

    static Map<String, Object> ofProduction(Sandbox sandbox) throws SQLException, IOException {
        Map<String, Object> all = new TreeMap<>();
        all.put("production database", of(sandbox.site().production().database()));
        all.put(
                "production bucket",
                ofBucket(sandbox, sandbox.site().production().bucket()));
        all.put(
                "production branch",
                Branches.head(sandbox, sandbox.site().branches().main()));
        all.put("production config", sandbox.heroku().configVars("acme-production"));
        all.put("production commit", sandbox.heroku().deployedCommit("acme-production"));
        return all;
    }
}
