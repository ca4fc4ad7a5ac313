package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.session.Query;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The SQL that makes an entry in a live database, with what an archive keeps beside the definition. */
final class Statements {

    /**
     * An internal option of a column that newest minor releases write and others refuse; pg_dump of the same release leaves
     * it out. Seen in 15.20.
     */
    private static final Pattern VERSION_OPTION =
            Pattern.compile("ALTER (?:FOREIGN )?TABLE [^;]*? ALTER COLUMN [^;]*? SET \\(pg_attver=[^)]*\\);\\n?");

    /** Kinds whose owner is named with a signature, which stands in their drop statement. */
    private static final Set<String> WITH_SIGNATURE =
            Set.of("FUNCTION", "PROCEDURE", "AGGREGATE", "OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY");

    private static final Pattern DROPPED = Pattern.compile("(?s)DROP (.*?);\\s*");

    private Statements() {}

    static String of(Entry entry) {
        String definition = entry.definition();
        if (definition == null || definition.isBlank()) {
            return "";
        }
        return setting("default_tablespace", entry.tablespace())
                + setting("default_table_access_method", entry.accessMethod())
                + withoutVersionOptions(definition)
                + owner(entry)
                + reset("default_tablespace", entry.tablespace())
                + reset("default_table_access_method", entry.accessMethod());
    }

    private static String setting(String name, @Nullable String value) {
        return isDefault(value) ? "" : "SET %s = %s;%n".formatted(name, Query.quoted(String.valueOf(value)));
    }

    private static String reset(String name, @Nullable String value) {
        return isDefault(value) ? "" : "RESET %s;%n".formatted(name);
    }

    private static boolean isDefault(@Nullable String value) {
        return value == null || value.isEmpty() || value.equals("heap");
    }

    private static String withoutVersionOptions(String definition) {
        return definition.contains("pg_attver=")
                ? VERSION_OPTION.matcher(definition).replaceAll("")
                : definition;
    }

    /** Entries that nobody owns have no owner or no drop statement. */
    private static String owner(Entry entry) {
        String owner = entry.owner();
        String drop = entry.drop();
        if (owner == null || owner.isEmpty() || drop == null || !Ownable.KINDS.contains(entry.kind())) {
            return "";
        }
        return "ALTER %s OWNER TO %s;%n".formatted(named(entry, drop), Query.quoted(owner));
    }

    private static String named(Entry entry, String drop) {
        if (WITH_SIGNATURE.contains(entry.kind())) {
            return DROPPED.matcher(drop).replaceFirst("$1");
        }
        String kind = entry.kind().equals("BLOB") ? "LARGE OBJECT" : entry.kind();
        String schema = entry.schema() == null || entry.schema().isEmpty() ? "" : Query.quoted(entry.schema()) + ".";
        return kind + " " + schema + (entry.kind().equals("BLOB") ? entry.tag() : Query.quoted(entry.tag()));
    }

    /** Kinds that have an owner. Source: _printTocEntry of src/bin/pg_dump/pg_backup_archiver.c, PostgreSQL 15. */
    private static final class Ownable {
        static final Set<String> KINDS = Set.of(
                "AGGREGATE",
                "BLOB",
                "COLLATION",
                "CONVERSION",
                "DOMAIN",
                "EVENT TRIGGER",
                "FOREIGN DATA WRAPPER",
                "FOREIGN TABLE",
                "FUNCTION",
                "MATERIALIZED VIEW",
                "OPERATOR",
                "OPERATOR CLASS",
                "OPERATOR FAMILY",
                "PROCEDURAL LANGUAGE",
                "PROCEDURE",
                "PUBLICATION",
                "SCHEMA",
                "SEQUENCE",
                "SERVER",
                "STATISTICS",
                "SUBSCRIPTION",
                "TABLE",
                "TEXT SEARCH CONFIGURATION",
                "TEXT SEARCH DICTIONARY",
                "TYPE",
                "VIEW");
    }
}
