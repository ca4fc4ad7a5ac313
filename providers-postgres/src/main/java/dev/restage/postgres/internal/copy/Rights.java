package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.session.Query;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the role of a source lacks to read all that is wanted of it. */
public final class Rights {

    /** Of more large objects than this, the grants would be longer than anybody reads. */
    private static final int NAMED = 20;

    private final String source;
    private final String role;
    private final List<Missing> missing;

    private Rights(String source, String role, List<Missing> missing) {
        this.source = source;
        this.role = role;
        this.missing = missing;
    }

    /**
     * One object that cannot be read, or some large objects of one owner.
     *
     * @param name its name; for large objects their owner, quoted
     * @param sql how statements name it; for large objects the first of them
     */
    private record Missing(String kind, @Nullable String schema, String name, String sql, long count) {

        static Missing read(ResultSet row) throws SQLException {
            return new Missing(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5));
        }
    }

    /** Asks the server. */
    public static Rights of(LiveSource source) throws SQLException {
        Query query = new Query(source.session());
        return new Rights(
                source.toString(),
                query.one("SELECT pg_catalog.quote_ident(current_user)", row -> row.getString(1)),
                query.list(Query.text(Rights.class, "rights.sql"), Missing::read));
    }

    /**
     * What is missing, a sentence for each kind and schema, with the statement that helps.
     *
     * @param contents what is wanted
     * @param carriesRows whether the rows of a table are
     */
    public List<String> problems(Contents contents, Predicate<TableData> carriesRows) {
        Set<String> tables = contents.tables().stream()
                .filter(carriesRows)
                .map(data -> data.table().qualifiedName())
                .collect(Collectors.toSet());
        Set<String> sequences = contents.entries().stream()
                .filter(entry -> entry.kind().equals("SEQUENCE"))
                .map(entry -> entry.schema() + "." + entry.tag())
                .collect(Collectors.toSet());
        Set<String> read = new HashSet<>(tables);
        read.addAll(sequences);
        List<String> problems = new ArrayList<>();
        of("SCHEMA", one -> read.stream().anyMatch(name -> name.startsWith(one.name() + ".")))
                .map(one -> "%s may not look into the schema %s in %s: GRANT USAGE ON SCHEMA %s TO %s"
                        .formatted(role, one.name(), source, one.sql(), role))
                .forEach(problems::add);
        problems.addAll(bySchema("TABLE", tables, "tables", "GRANT SELECT ON TABLE"));
        problems.addAll(bySchema("SEQUENCE", sequences, "sequences", "GRANT SELECT ON SEQUENCE"));
        grouped("ROWS", tables)
                .forEach((schema, all) -> problems.add(
                        "%s sees only some rows of %s in %s, by their policies: ALTER ROLE %s BYPASSRLS, or copy as a role that has it"
                                .formatted(role, joined(all), source, role)));
        if (contents.entries().stream().map(Entry::kind).anyMatch(kind -> kind.equals(Entry.BLOBS))) {
            of("LARGE OBJECT", one -> true).map(this::largeObjects).forEach(problems::add);
        }
        return problems;
    }

    private List<String> bySchema(String kind, Set<String> wanted, String words, String grant) {
        List<String> problems = new ArrayList<>();
        grouped(kind, wanted)
                .forEach((schema, all) -> problems.add("%s cannot read %d %s of the schema %s in %s: %s %s TO %s"
                        .formatted(role, all.size(), words, schema, source, grant, joined(all), role)));
        return problems;
    }

    private String largeObjects(Missing one) {
        String grant = one.count() > NAMED
                ? "GRANT %s TO %s".formatted(one.name(), role)
                : "GRANT SELECT ON LARGE OBJECT %s TO %s".formatted(one.sql(), role);
        return "%s cannot read %d large objects of %s in %s: %s"
                .formatted(role, one.count(), one.name(), source, grant);
    }

    private Map<String, List<Missing>> grouped(String kind, Set<String> wanted) {
        return of(kind, one -> wanted.contains(one.schema() + "." + one.name()))
                .collect(Collectors.groupingBy(one -> String.valueOf(one.schema()), TreeMap::new, Collectors.toList()));
    }

    private Stream<Missing> of(String kind, Predicate<Missing> wanted) {
        return missing.stream().filter(one -> one.kind().equals(kind) && wanted.test(one));
    }

    private static String joined(List<Missing> all) {
        return String.join(", ", all.stream().map(Missing::sql).toList());
    }
}
