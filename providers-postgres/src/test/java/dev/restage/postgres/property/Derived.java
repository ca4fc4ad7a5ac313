package dev.restage.postgres.property;

import dev.restage.postgres.property.Table.Column;
import java.util.ArrayList;
import java.util.List;

/** What hangs on tables: indexes, constraints, views, triggers, rules, policies, statistics. */
final class Derived {

    private final Script script;
    private final Draw draw;
    private final List<String> views = new ArrayList<>();

    Derived(Script script) {
        this.script = script;
        this.draw = script.draw;
    }

    void addAll(List<Table> tables) {
        for (Table table : tables) {
            addIndexes(table);
            addConstraints(table);
            addStatistics(table);
            addPolicies(table);
            addTriggers(table);
            addView(table);
        }
        addViewsOnViews();
        for (Table table : tables) {
            addMaterializedView(table);
        }
        addRules(draw.of(tables));
    }

    private void addIndexes(Table table) {
        List<Column> ordered = table.ordered();
        for (Column column : ordered.isEmpty() ? ordered : draw.some(ordered, 3)) {
            String name = script.names.next();
            script.add("CREATE INDEX %s ON %s USING btree (%s%s%s)%s%s%s"
                    .formatted(
                            name,
                            table.name(),
                            column.name(),
                            draw.maybe(30, " DESC NULLS LAST"),
                            draw.maybe(40, ", ((%s + 1))".formatted(table.key())),
                            draw.maybe(30, " INCLUDE (%s)".formatted(table.key())),
                            draw.maybe(30, " WITH (fillfactor = 80)"),
                            draw.maybe(30, " WHERE %s > 3".formatted(table.key()))));
            String schema = table.name().substring(0, schemaEnd(table.name()));
            script.comment("INDEX %s.%s".formatted(schema, name));
            if (!table.partitioned() && draw.percent(20)) {
                String clustered = script.names.next();
                script.add("CREATE INDEX %s ON %s (%s)".formatted(clustered, table.name(), table.key()));
                script.add("ALTER TABLE %s CLUSTER ON %s".formatted(table.name(), clustered));
            }
        }
        for (Column column : table.columns()) {
            switch (column.type().name()) {
                case "text" ->
                    script.add("CREATE INDEX ON %s USING gin (to_tsvector('simple'::regconfig, %s))"
                            .formatted(table.name(), column.name()));
                case "jsonb" ->
                    script.add(
                            "CREATE INDEX ON %s USING gin (%s jsonb_path_ops)".formatted(table.name(), column.name()));
                case "point", "box", "polygon" ->
                    script.add("CREATE INDEX ON %s USING gist (%s)".formatted(table.name(), column.name()));
                case "uuid", "bigint" -> {
                    if (!column.generated()) {
                        script.add("CREATE INDEX ON %s USING hash (%s)".formatted(table.name(), column.name()));
                    }
                }
                case "date" ->
                    script.add("CREATE INDEX ON %s USING brin (%s) WITH (pages_per_range = 16)"
                            .formatted(table.name(), column.name()));
                case "inet" ->
                    script.add("CREATE INDEX ON %s USING spgist (%s)".formatted(table.name(), column.name()));
                default -> {}
            }
        }
    }

    private static int schemaEnd(String qualified) {
        return qualified.startsWith("public.") ? "public".length() : qualified.indexOf("\".\"") + 1;
    }

    private void addConstraints(Table table) {
        for (Column column : table.ordered()) {
            if (draw.percent(15) && !table.partitioned()) {
                script.add("ALTER TABLE %s ADD CONSTRAINT %s UNIQUE%s (%s, %s)%s"
                        .formatted(
                                table.name(),
                                script.names.next(),
                                script.major >= 15 ? draw.maybe(40, " NULLS NOT DISTINCT") : "",
                                column.name(),
                                table.key(),
                                draw.maybe(30, " DEFERRABLE")));
            }
        }
        if (draw.percent(40)) {
            script.add("ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s < -1000000) NOT VALID"
                    .formatted(table.name(), script.names.next(), table.key()));
        }
        if (!table.partitioned() && draw.percent(30)) {
            script.add(
                    "ALTER TABLE ONLY %s ADD CONSTRAINT %s EXCLUDE USING gist (int8range(%s, %s, '[]') WITH &&) WHERE (%s > 0)%s"
                            .formatted(
                                    table.name(),
                                    script.names.next(),
                                    table.key(),
                                    table.key(),
                                    table.key(),
                                    draw.maybe(30, " DEFERRABLE")));
        }
        if (!table.partitioned() && draw.percent(20)) {
            script.add("ALTER TABLE %s REPLICA IDENTITY FULL".formatted(table.name()));
        }
    }

    private void addStatistics(Table table) {
        List<Column> ordered = table.ordered();
        if (ordered.isEmpty() || draw.percent(50)) {
            return;
        }
        String name = script.qualified();
        script.add("CREATE STATISTICS %s%s ON %s, %s FROM %s"
                .formatted(
                        name,
                        draw.of("", " (ndistinct)", " (dependencies, mcv)"),
                        table.key(),
                        ordered.get(0).name(),
                        table.name()));
        if (draw.percent(50)) {
            script.add("ALTER STATISTICS %s SET STATISTICS 77".formatted(name));
        }
        if (script.major >= 14 && draw.percent(50)) {
            script.add("CREATE STATISTICS %s ON (%s %% 3) FROM %s"
                    .formatted(script.qualified(), table.key(), table.name()));
        }
        script.comment("STATISTICS " + name);
    }

    private void addPolicies(Table table) {
        if (draw.percent(70)) {
            return;
        }
        String name = script.names.next();
        script.add("ALTER TABLE %s ENABLE ROW LEVEL SECURITY".formatted(table.name()));
        script.add("CREATE POLICY %s ON %s%s%s USING ((%s > 0) OR CURRENT_USER = 'x''y')%s"
                .formatted(
                        name,
                        table.name(),
                        draw.maybe(50, " AS RESTRICTIVE"),
                        draw.of("", " FOR SELECT", " FOR UPDATE TO PUBLIC"),
                        table.key(),
                        ""));
        script.comment("POLICY %s ON %s".formatted(name, table.name()));
        if (script.superuser && draw.percent(50)) {
            script.add("ALTER TABLE %s FORCE ROW LEVEL SECURITY".formatted(table.name()));
        }
    }

    private void addTriggers(Table table) {
        if (draw.percent(50)) {
            return;
        }
        String function = script.qualified();
        script.add("CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''never''; END'"
                .formatted(function));
        String name = script.names.next();
        script.add("CREATE TRIGGER %s %s ON %s %s EXECUTE FUNCTION %s('a''b', '\\')"
                .formatted(
                        name,
                        draw.of("AFTER INSERT OR UPDATE", "AFTER DELETE", "AFTER UPDATE OF " + table.key()),
                        table.name(),
                        draw.of("FOR EACH ROW WHEN (pg_trigger_depth() < 2)", "FOR EACH STATEMENT", "FOR EACH ROW"),
                        function));
        script.comment("TRIGGER %s ON %s".formatted(name, table.name()));
        if (draw.percent(40)) {
            script.add("ALTER TABLE %s %s TRIGGER %s"
                    .formatted(table.name(), draw.of("DISABLE", "ENABLE ALWAYS", "ENABLE REPLICA"), name));
        }
        if (!table.partitioned() && draw.percent(30)) {
            script.add(
                    "CREATE CONSTRAINT TRIGGER %s AFTER INSERT ON %s DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION %s()"
                            .formatted(script.names.next(), table.name(), function));
            script.add(
                    "CREATE TRIGGER %s AFTER UPDATE ON %s REFERENCING OLD TABLE AS %s NEW TABLE AS \"new\" FOR EACH STATEMENT EXECUTE FUNCTION %s()"
                            .formatted(script.names.next(), table.name(), script.names.next(), function));
        }
    }

    private void addView(Table table) {
        String name = script.qualified();
        StringBuilder columns = new StringBuilder(table.key() + " AS " + script.names.next());
        for (Column column : table.columns()) {
            columns.append(", t.%s AS %s".formatted(column.name(), script.names.next()));
        }
        script.add(
                "CREATE VIEW %s%s AS SELECT %s, CASE WHEN t.%s > 3 THEN 'it''s' ELSE NULL END AS \"case\" FROM %s t WHERE t.%s IS NOT NULL%s"
                        .formatted(
                                name,
                                draw.of("", " WITH (security_barrier = true)"),
                                columns,
                                table.key(),
                                table.name(),
                                table.key(),
                                draw.maybe(30, " WITH LOCAL CHECK OPTION")));
        script.comment("VIEW " + name);
        if (draw.percent(30)) {
            script.add("ALTER VIEW %s ALTER COLUMN \"case\" SET DEFAULT 'd'".formatted(name));
        }
        views.add(name);
        if (table.kind() == Table.Kind.PLAIN && table.ordered().size() > 0 && draw.percent(60)) {
            // Depends on the primary key: the other columns need no GROUP BY of their own.
            String grouped = script.qualified();
            script.add("CREATE VIEW %s AS SELECT %s, %s, count(*) AS \"count\" FROM %s GROUP BY %s"
                    .formatted(grouped, table.key(), table.ordered().get(0).name(), table.name(), table.key()));
            views.add(grouped);
            String function = script.qualified();
            script.add("CREATE FUNCTION %s() RETURNS SETOF %s LANGUAGE sql AS %s"
                    .formatted(function, grouped, BuiltInTypes.literal("SELECT * FROM " + grouped)));
        }
    }

    private void addViewsOnViews() {
        for (int i = 0; i < 3; i++) {
            String name = script.qualified();
            script.add(
                    "CREATE VIEW %s AS SELECT count(a.*) AS \"user\", b.\"case\" FROM %s a CROSS JOIN LATERAL (SELECT 'x'::text AS \"case\") b GROUP BY b.\"case\""
                            .formatted(name, draw.of(views)));
            views.add(name);
        }
        String recursive = script.qualified();
        script.add("CREATE RECURSIVE VIEW %s (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM %s WHERE n < 5"
                .formatted(recursive, recursive.substring(schemaEnd(recursive) + 1)));
    }

    private void addMaterializedView(Table table) {
        if (draw.percent(60)) {
            return;
        }
        String name = script.qualified();
        script.add("CREATE MATERIALIZED VIEW %s%s AS SELECT %s AS n, count(*) AS c FROM %s GROUP BY 1 WITH %sDATA"
                .formatted(
                        name,
                        draw.maybe(30, " WITH (fillfactor = 50)"),
                        table.key(),
                        table.name(),
                        draw.maybe(30, "NO ")));
        script.add("CREATE UNIQUE INDEX ON %s (n)".formatted(name));
        script.comment("MATERIALIZED VIEW " + name);
        String above = script.qualified();
        script.add("CREATE MATERIALIZED VIEW %s AS SELECT 1 AS one, (SELECT count(*) FROM %s) AS c WITH NO DATA"
                .formatted(above, name));
    }

    private void addRules(Table table) {
        String view = draw.of(views);
        String name = script.names.next();
        script.add("CREATE RULE %s AS ON DELETE TO %s DO INSTEAD NOTHING".formatted(name, view));
        script.comment("RULE %s ON %s".formatted(name, view));
        if (!table.partitioned()) {
            script.add("CREATE RULE %s AS ON UPDATE TO %s WHERE old.%s > 5 DO ALSO SELECT 'it''s'::text AS \"select\""
                    .formatted(script.names.next(), table.name(), table.key()));
        }
    }
}
