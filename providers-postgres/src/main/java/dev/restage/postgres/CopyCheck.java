package dev.restage.postgres;

import dev.restage.postgres.connection.ConnectionSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out before anything is changed why a copy would fail. */
final class CopyCheck {

    private final Connection target;
    private final ConnectionSpec targetName;
    private final List<String> problems = new ArrayList<>();

    CopyCheck(Connection target, ConnectionSpec targetName) {
        this.target = target;
        this.targetName = targetName;
    }

    List<String> problems(LiveSource source, Connection sourceConnection, MaskPlan masks) throws SQLException {
        version(sourceConnection.getMetaData().getDatabaseMajorVersion());
        source.reader()
                .unsupported()
                .forEach(
                        object -> problems.add(object + " is of a kind that is not copied yet: drop it in the source"));
        extensions(source.entries());
        target();
        rowsLeftBehind(source, sourceConnection, masks);
        problems.addAll(masks.problems(source.tables()));
        return List.copyOf(problems);
    }

    List<String> problems(ArchiveSource source) throws SQLException {
        version(source.manifest().majorVersion());
        extensions(source.entries());
        target();
        return List.copyOf(problems);
    }

    private void version(int source) throws SQLException {
        int own = target.getMetaData().getDatabaseMajorVersion();
        if (source > own) {
            problems.add(
                    "the source is PostgreSQL %d and %s is %d, which cannot take everything of a newer one: upgrade it"
                            .formatted(source, targetName, own));
        }
    }

    private void extensions(List<SchemaEntry> entries) throws SQLException {
        Catalog catalog = new Catalog(target);
        Set<String> installable = Set.copyOf(catalog.askText(
                "SELECT quote_ident(v.name) FROM pg_available_extension_versions v, pg_roles r"
                        + " WHERE r.rolname = current_user AND (v.installed OR r.rolsuper OR v.trusted OR NOT v.superuser"
                        + " OR COALESCE(current_setting('extwlist.extensions', true), '') LIKE '%' || v.name || '%')"
                        + " UNION SELECT quote_ident(extname) FROM pg_extension",
                row -> row.getString(1)));
        entries.stream()
                .filter(entry -> entry.kind().equals("extension") && !installable.contains(entry.name()))
                .forEach(entry -> problems.add(
                        "the extension %s cannot be installed by user %s in %s: have the host install it, or drop it in the source"
                                .formatted(entry.name(), targetName.user(), targetName)));
    }

    private void target() throws SQLException {
        Catalog catalog = new Catalog(target);
        if (!catalog.askText("SELECT has_database_privilege(current_database(), 'CREATE')", row -> row.getBoolean(1))
                .get(0)) {
            problems.add("user %s may not create schemas in %s: GRANT CREATE ON DATABASE %s TO %s"
                    .formatted(targetName.user(), targetName, targetName.database(), targetName.user()));
        }
        String foreign = catalog
                .askText(
                        "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                                + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname !~ '^pg_'"
                                + " AND n.nspname <> 'information_schema' AND NOT pg_has_role(c.relowner, 'USAGE')"
                                + " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass"
                                + " AND d.objid = c.oid AND d.deptype = 'e') ORDER BY 1 LIMIT 10",
                        row -> row.getString(1))
                .stream()
                .collect(Collectors.joining(", "));
        if (!foreign.isEmpty()) {
            problems.add("user %s does not own %s in %s, so cannot replace them: use their owner"
                    .formatted(targetName.user(), foreign, targetName));
        }
    }

    private void rowsLeftBehind(LiveSource source, Connection connection, MaskPlan masks) throws SQLException {
        Set<String> empty = source.tables().stream()
                .filter(table -> !masks.carriesRowsOf(table))
                .map(TableData::qualifiedName)
                .collect(Collectors.toSet());
        Set<String> full = source.tables().stream()
                .filter(masks::carriesRowsOf)
                .map(TableData::qualifiedName)
                .collect(Collectors.toSet());
        List<ForeignKey> keys = new Catalog(connection)
                .askText(
                        "SELECT fn.nspname || '.' || f.relname, tn.nspname || '.' || t.relname, f.relname,"
                                + " (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = f.oid AND a.attnum = k.conkey[1])"
                                + " FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace"
                                + " JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace"
                                + " WHERE k.contype = 'f' ORDER BY 1, 4",
                        row -> new ForeignKey(row.getString(1), row.getString(2), row.getString(4)));
        keys.stream()
                .filter(key -> full.contains(key.from()) && empty.contains(key.to()))
                .filter(key -> source.tables().stream()
                        .filter(table -> table.qualifiedName().equals(key.from()))
                        .noneMatch(table -> masks.dropsColumn(table, key.column())))
                .forEach(key -> problems.add(
                        "%s.%s refers to %s, whose rows stay behind: leave the rows of %s behind too, or mask the column with Null"
                                .formatted(key.from(), key.column(), key.to(), key.from())));
    }

    private record ForeignKey(String from, String to, String column) {}
}
