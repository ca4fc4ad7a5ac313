package dev.restage.postgres.internal.session;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Settings of a session, of which each server takes those that it knows.
 *
 * @param values name to value
 */
public record Settings(Map<String, String> values) {

    /** What a server says is for us, and warnings only. */
    public static final Settings QUIET = new Settings(Map.of("client_min_messages", "warning"));

    /**
     * What makes values and definitions read the same whatever the database's own settings are. Source: what pg_dump 18
     * sends, in setup_connection of src/bin/pg_dump/pg_dump.c.
     */
    public static final Settings NEUTRAL = new Settings(Map.ofEntries(
            Map.entry("search_path", ""),
            Map.entry("datestyle", "ISO, YMD"),
            Map.entry("intervalstyle", "postgres"),
            Map.entry("extra_float_digits", "3"),
            Map.entry("bytea_output", "hex"),
            Map.entry("xmloption", "content"),
            Map.entry("standard_conforming_strings", "on"),
            Map.entry("row_security", "off"),
            Map.entry("synchronize_seqscans", "off"),
            Map.entry("quote_all_identifiers", "off"),
            Map.entry("statement_timeout", "0"),
            Map.entry("idle_in_transaction_session_timeout", "0"),
            Map.entry("idle_session_timeout", "0"),
            Map.entry("transaction_timeout", "0"),
            Map.entry("client_min_messages", "error")));

    public Settings {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public Settings with(String name, String value) {
        Map<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new Settings(more);
    }

    /** One statement that makes the settings which the server has. */
    public String sql() {
        return values.entrySet().stream()
                .map(setting ->
                        "(%s, %s)".formatted(Query.literal(setting.getKey()), Query.literal(setting.getValue())))
                .collect(Collectors.joining(
                        ", ",
                        "SELECT pg_catalog.set_config(s.name, v.value, false) FROM (VALUES ",
                        ") v (name, value) JOIN pg_catalog.pg_settings s ON pg_catalog.lower(s.name) = v.name"));
    }
}
