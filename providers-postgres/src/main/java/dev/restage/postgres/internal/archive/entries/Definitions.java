package dev.restage.postgres.internal.archive.entries;

import dev.restage.masking.TableShape.Reference;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.sql.QualifiedName;
import dev.restage.postgres.internal.sql.SqlCursor;
import dev.restage.postgres.internal.sql.SqlToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers tables, domains and types from definitions as pg_dump writes them, and goes over everything else. */
final class Definitions {

    /**
     * A domain as it is written.
     *
     * @param type the type below it
     * @param notNull whether a value must be there
     * @param checks its conditions
     */
    record Domain(String type, boolean notNull, List<String> checks) {}

    private static final List<String> AFTER_TYPE = List.of(
            ",",
            "collate",
            "default",
            "not",
            "null",
            "generated",
            "constraint",
            "check",
            "primary",
            "unique",
            "references",
            "storage",
            "compression",
            "options");

    private static final Set<String> RELEVANT = Set.of(
            "TABLE",
            "TABLE ATTACH",
            "INDEX",
            "CONSTRAINT",
            "CHECK CONSTRAINT",
            "FK CONSTRAINT",
            "DOMAIN",
            "TYPE",
            "DEFAULT");

    final Map<QualifiedName, TableDraft> tables = new LinkedHashMap<>();
    final Map<QualifiedName, Domain> domains = new HashMap<>();
    final Map<QualifiedName, List<String>> enums = new HashMap<>();
    private final Map<QualifiedName, TableDraft> composites = new HashMap<>();

    void add(Entry entry) {
        if (entry.definition() == null || !RELEVANT.contains(entry.kind())) {
            return;
        }
        String schema = entry.schema() == null ? "" : entry.schema();
        SqlCursor sql = new SqlCursor(entry.definition());
        while (!sql.atEnd()) {
            statement(sql, schema);
            sql.endStatement();
        }
    }

    private void statement(SqlCursor sql, String schema) {
        if (sql.take("alter")) {
            alter(sql, schema);
        } else if (sql.take("create")) {
            if (sql.take("domain")) {
                domain(sql, schema);
            } else if (sql.take("type")) {
                type(sql, schema);
            } else if (sql.take("unique", "index")) {
                uniqueIndex(sql, schema);
            } else if (sql.take("table") || sql.take("unlogged", "table")) {
                table(sql, schema);
            }
        }
    }

    private void table(SqlCursor sql, String schema) {
        sql.take("if", "not", "exists");
        QualifiedName name = sql.name(schema);
        TableDraft table = new TableDraft();
        tables.put(name, table);
        if (sql.take("partition", "of")) {
            table.partitioned = sql.name(schema);
            table.parents.add(table.partitioned);
        } else if (sql.take("of")) {
            TableDraft type = composites.get(sql.name(schema));
            if (type != null) {
                table.columns.putAll(type.columns);
            }
        }
        if (sql.take("(")) {
            columns(sql, schema, table);
        }
        if (sql.take("inherits") && sql.take("(")) {
            do {
                table.parents.add(sql.name(schema));
            } while (sql.take(","));
            sql.take(")");
        }
        if (table.partitioned != null) {
            sql.until(List.of("partition"));
        }
        table.hasPartitions = sql.take("partition", "by");
    }

    private void columns(SqlCursor sql, String schema, TableDraft table) {
        while (!sql.atEnd() && !sql.take(")")) {
            if (sql.sees("constraint") || sql.sees("check") || sql.sees("primary") || sql.sees("unique")) {
                constraint(sql, schema, table);
            } else {
                column(sql, table);
            }
            sql.until(List.of(","));
            sql.take(",");
        }
    }

    private static void column(SqlCursor sql, TableDraft table) {
        String name = sql.next().text();
        TableDraft.Column known = table.columns.get(name);
        String type = known != null && sql.take("with", "options") ? known.type() : sql.until(AFTER_TYPE);
        boolean notNull = false;
        String generated = null;
        while (!sql.atEnd() && !sql.sees(",") && !sql.sees(")") && !sql.sees(";")) {
            if (sql.take("not", "null")) {
                notNull = true;
            } else if (sql.take("generated", "always", "as")) {
                generated = sql.parenthesized();
            } else if (sql.take("check")) {
                table.checks.add(sql.parenthesized());
            } else if (sql.take("primary", "key")) {
                notNull = true;
                table.uniqueKeys.add(List.of(name));
            } else if (sql.take("unique")) {
                table.uniqueKeys.add(List.of(name));
            } else if (sql.sees("(")) {
                sql.parenthesized();
            } else {
                sql.next();
            }
        }
        table.columns.put(name, new TableDraft.Column(type, notNull, generated));
    }

    private void alter(SqlCursor sql, String schema) {
        if (sql.take("domain")) {
            alterDomain(sql, schema);
            return;
        }
        if (!sql.take("table") && !sql.take("foreign", "table")) {
            return;
        }
        sql.take("if", "exists");
        sql.take("only");
        TableDraft table = tables.get(sql.name(schema));
        if (table == null) {
            return;
        }
        if (sql.take("add")) {
            constraint(sql, schema, table);
        } else if (sql.take("attach", "partition")) {
            QualifiedName parent = nameOf(table);
            TableDraft child = tables.get(sql.name(schema));
            if (child != null) {
                child.partitioned = parent;
            }
        } else if (sql.take("inherit")) {
            table.parents.add(sql.name(schema));
        } else if (sql.take("alter", "column")) {
            String column = sql.next().text();
            if (sql.take("set", "not", "null")) {
                table.fill(column);
            }
        }
    }

    private QualifiedName nameOf(TableDraft table) {
        return tables.entrySet().stream()
                .filter(each -> each.getValue() == table)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static void constraint(SqlCursor sql, String schema, TableDraft table) {
        if (sql.take("constraint")) {
            sql.next();
        }
        if (sql.take("primary", "key")) {
            List<String> key = sql.names();
            table.uniqueKeys.add(key);
            key.forEach(table::fill);
        } else if (sql.take("unique")) {
            sql.take("nulls", "not", "distinct");
            table.uniqueKeys.add(sql.names());
        } else if (sql.take("foreign", "key")) {
            List<String> columns = sql.names();
            sql.take("references");
            QualifiedName target = sql.name(schema);
            table.references.add(new Reference(columns, target.schema(), target.name(), sql.names()));
        } else if (sql.take("check")) {
            table.checks.add(sql.parenthesized());
        } else if (sql.take("not", "null")) {
            table.fill(sql.next().text());
        }
    }

    /** {@code CREATE UNIQUE INDEX name ON table USING method (column, (expression), ...)}. */
    private void uniqueIndex(SqlCursor sql, String schema) {
        sql.next();
        sql.take("on");
        sql.take("only");
        TableDraft table = tables.get(sql.name(schema));
        if (table == null) {
            return;
        }
        if (sql.take("using")) {
            sql.next();
        }
        Set<String> key = new LinkedHashSet<>();
        for (SqlToken token : SqlToken.of(sql.parenthesized())) {
            if (token.isName() && allColumns(table).contains(token.text())) {
                key.add(token.text());
            }
        }
        if (!key.isEmpty()) {
            table.uniqueKeys.add(List.copyOf(key));
        }
    }

    private Set<String> allColumns(TableDraft table) {
        Set<String> all = new LinkedHashSet<>(table.columns.keySet());
        for (QualifiedName parent : table.parents) {
            TableDraft above = tables.get(parent);
            if (above != null) {
                all.addAll(allColumns(above));
            }
        }
        return all;
    }

    private void domain(SqlCursor sql, String schema) {
        QualifiedName name = sql.name(schema);
        sql.take("as");
        String type = sql.until(AFTER_TYPE);
        boolean notNull = false;
        List<String> checks = new ArrayList<>();
        while (!sql.atEnd() && !sql.sees(";")) {
            if (sql.take("not", "null")) {
                notNull = true;
            } else if (sql.take("check")) {
                checks.add(sql.parenthesized());
            } else {
                sql.next();
            }
        }
        domains.put(name, new Domain(type, notNull, List.copyOf(checks)));
    }

    private void alterDomain(SqlCursor sql, String schema) {
        QualifiedName name = sql.name(schema);
        sql.until(List.of("check"));
        Domain domain = domains.get(name);
        if (domain != null && sql.take("check")) {
            List<String> checks = new ArrayList<>(domain.checks());
            checks.add(sql.parenthesized());
            domains.put(name, new Domain(domain.type(), domain.notNull(), List.copyOf(checks)));
        }
    }

    private void type(SqlCursor sql, String schema) {
        QualifiedName name = sql.name(schema);
        if (!sql.take("as")) {
            return;
        }
        if (sql.take("enum")) {
            enums.put(
                    name,
                    SqlToken.of(sql.parenthesized()).stream()
                            .filter(token -> token.type() == SqlToken.Type.STRING)
                            .map(SqlToken::text)
                            .toList());
        } else if (sql.take("(")) {
            TableDraft type = new TableDraft();
            columns(sql, schema, type);
            composites.put(name, type);
        }
    }
}
