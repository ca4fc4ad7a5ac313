package dev.restage.postgres.internal.arrange;

import dev.restage.masking.ResolvedPolicy;
import dev.restage.masking.TableMasking;
import dev.restage.masking.TableShape;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.sql.SqlToken;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where rows of partitions go. As long as the same value belongs to the same partition on both sides, rows go into their
 * partition, which is fastest. Where a mask changes what decides, or servers may see it differently, all rows of the family go
 * through its root, which finds the partition anew.
 */
public final class Routes {

    /** What hashes to the same number on every server. An enum does not: its labels have other oids there. */
    private static final Set<String> HASHED_ALIKE = Set.of(
            "smallint",
            "integer",
            "bigint",
            "numeric",
            "boolean",
            "uuid",
            "date",
            "timestamp without time zone",
            "timestamp with time zone");

    /** What is ordered alike besides: all that has no collation. */
    private static final Pattern ORDERED_ALIKE = Pattern.compile(
            "smallint|integer|bigint|numeric.*|real|double precision|boolean|uuid|date|time.*|interval.*|inet|cidr|macaddr8?|bytea");

    private static final Pattern REMAINDER = Pattern.compile("(?i)modulus (\\d+), remainder (\\d+)");
    private static final Pattern RANGE = Pattern.compile("(?is)FROM \\((.*)\\) TO \\((.*)\\)");

    private final Contents contents;
    private final ResolvedPolicy policy;
    private final Partitions partitions;
    private final Set<String> problems = new LinkedHashSet<>();

    private Routes(Contents contents, ResolvedPolicy policy) {
        this.contents = contents;
        this.policy = policy;
        this.partitions = new Partitions(contents);
    }

    /** Masked values for which there may be no partition, a sentence each. */
    public static List<String> problems(Contents contents, ResolvedPolicy policy) {
        Routes routes = new Routes(contents, policy);
        routes.roots();
        return List.copyOf(routes.problems);
    }

    /** The same contents, in which rows go where they can. */
    public static Contents of(Contents contents, ResolvedPolicy policy) {
        Routes routes = new Routes(contents, policy);
        Map<String, Entry> roots = routes.roots();
        if (roots.isEmpty()) {
            return contents;
        }
        Map<Integer, TableData> rerouted = new HashMap<>();
        contents.tables().stream()
                .filter(data -> roots.containsKey(data.table().qualifiedName()))
                .forEach(data -> rerouted.put(data.entry().id(), data));
        return new Contents(
                contents.database(),
                contents.majorVersion(),
                contents.version(),
                contents.encoding(),
                contents.entries().stream()
                        .map(entry -> {
                            TableData data = rerouted.get(entry.id());
                            return data == null ? entry : through(roots, data, entry);
                        })
                        .toList(),
                contents.tables().stream()
                        .map(data -> rerouted.containsKey(data.entry().id())
                                ? data.of(through(roots, data, data.entry()))
                                : data)
                        .toList(),
                contents.shape());
    }

    /** As {@code pg_dump --load-via-partition-root} writes it; pg_restore looks for the comment. */
    private static Entry through(Map<String, Entry> roots, TableData data, Entry entry) {
        Entry root = Objects.requireNonNull(roots.get(data.table().qualifiedName()));
        String table = "%s.%s".formatted(Query.quoted(String.valueOf(root.schema())), Query.quoted(root.tag()));
        String columns = data.columns().stream().map(Query::quoted).collect(Collectors.joining(", "));
        return entry.writtenAs(
                entry.schema(),
                "-- load via partition root %s\n".formatted(table),
                entry.drop(),
                "COPY %s (%s) FROM stdin;\n".formatted(table, columns));
    }

    /** The roots of tables whose rows have to go through them, by {@code schema.table}. */
    private Map<String, Entry> roots() {
        Map<String, List<Entry>> families = new HashMap<>();
        Set<Integer> moved = new HashSet<>();
        for (TableData data : contents.tables()) {
            List<Entry> above =
                    partitions.above(data.table().schema(), data.table().name());
            if (!above.isEmpty()) {
                families.put(data.table().qualifiedName(), above);
                if (above.stream().anyMatch(parent -> moves(parent, data.table()))) {
                    moved.add(above.get(above.size() - 1).id());
                }
            }
        }
        Map<String, Entry> roots = new HashMap<>();
        families.forEach((table, above) -> {
            Entry root = above.get(above.size() - 1);
            if (moved.contains(root.id())) {
                roots.put(table, root);
            }
        });
        return roots;
    }

    /** Whether a row can belong to another partition of a table in the target than in the source. */
    private boolean moves(Entry parent, TableShape leaf) {
        Partitions.By by = Partitions.by(parent).orElse(null);
        if (by == null) {
            return false;
        }
        List<TableShape.Column> columns = columns(by, leaf);
        TableMasking masking = policy.table(leaf);
        List<String> masked = columns.stream()
                .map(TableShape.Column::name)
                .filter(column ->
                        masking.column(column).filter(mask -> !mask.keeps()).isPresent())
                .toList();
        if (!masked.isEmpty() && masking.carriesRows()) {
            if (!isComplete(by, parent)) {
                problems.add(
                        "%s.%s is partitioned by %s, which is masked, and has no partition for every value: give it a DEFAULT partition, keep that column, or copy it without its rows"
                                .formatted(parent.schema(), parent.tag(), String.join(", ", masked)));
            }
            return true;
        }
        return !isSeenAlike(by, columns);
    }

    private static boolean isSeenAlike(Partitions.By by, List<TableShape.Column> columns) {
        long words = SqlToken.of(by.columns()).stream()
                .filter(token -> !token.is(","))
                .count();
        // more words are expressions, collations and operator classes
        if (words != columns.size()) {
            return false;
        }
        return switch (by.strategy()) {
            case "hash" -> columns.stream().allMatch(column -> HASHED_ALIKE.contains(column.type()));
            case "range" ->
                columns.stream()
                        .allMatch(column -> ORDERED_ALIKE.matcher(column.type()).matches());
            default -> columns.stream().noneMatch(column -> column.type().contains("citext"));
        };
    }

    private static List<TableShape.Column> columns(Partitions.By by, TableShape table) {
        return SqlToken.of(by.columns()).stream()
                .filter(SqlToken::isName)
                .map(SqlToken::text)
                .distinct()
                .flatMap(name -> table.column(name).stream())
                .toList();
    }

    /** Whether there is a partition for every value. */
    private boolean isComplete(Partitions.By by, Entry table) {
        List<String> values = partitions.valuesBelow(table);
        if (values.stream().anyMatch("DEFAULT"::equalsIgnoreCase)) {
            return true;
        }
        return switch (by.strategy()) {
            case "hash" -> hasEachRemainder(values);
            case "range" -> hasNoGap(values);
            default -> false;
        };
    }

    private static boolean hasEachRemainder(List<String> values) {
        double share = 0;
        for (String value : values) {
            Matcher part = REMAINDER.matcher(value);
            share += part.find() ? 1.0 / Integer.parseInt(part.group(1)) : 0;
        }
        return share > 1 - 1e-6;
    }

    private static boolean hasNoGap(List<String> values) {
        Set<String> from = new HashSet<>();
        Set<String> to = new HashSet<>();
        for (String value : values) {
            Matcher bounds = RANGE.matcher(value);
            if (bounds.find()) {
                from.add(bounds.group(1));
                to.add(bounds.group(2));
            }
        }
        Set<String> ends = new HashSet<>(to);
        ends.removeAll(from);
        from.removeAll(to);
        return from.equals(Set.of("MINVALUE")) && ends.equals(Set.of("MAXVALUE"));
    }
}
