package dev.restage.postgres.internal.mask;

import dev.restage.masking.ResolvedPolicy;
import dev.restage.masking.TableMasking;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.postgres.internal.session.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Counts in columns that are declared as kept what looks like addresses and telephone numbers, so that somebody knows. */
public final class KeptContent {

    /** Bigger tables are not read for a preview. */
    private static final long MOST_BYTES = 64L << 20;

    private static final String ADDRESS = "[[:alnum:]._%+-]+@[[:alnum:]-]+(\\.[[:alnum:]-]+)*\\.[[:alpha:]]{2,}";

    /** With a plus, or in groups behind a zero: other numbers are dates and keys. */
    private static final String PHONE =
            "(^|[^[:alnum:]./-])(\\+[0-9][0-9 ().-]{8,}|\\(?0[0-9]{1,5}[ )-]+[0-9][0-9 -]{5,})";

    /** Names of columns are read where there are none but the table's own. */
    private static final String SHOWING =
            "SELECT DISTINCT pattern.number - 1 FROM (SELECT pg_catalog.concat_ws(' | ', %s) COLLATE \"default\" AS shown FROM %s) AS kept"
                    + " CROSS JOIN unnest(ARRAY[%s]) WITH ORDINALITY AS pattern(regex, number) WHERE kept.shown ~* pattern.regex";

    private static final String READABLE = "SELECT n.nspname || '.' || c.relname FROM pg_class c"
            + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')"
            + " AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')"
            + " AND NOT row_security_active(c.oid) AND pg_table_size(c.oid) <= " + MOST_BYTES;

    private final ResolvedPolicy policy;
    private final Set<String> allowedDomains;

    /**
     * Prepares to look.
     *
     * @param allowedDomains addresses there are nobody's
     */
    public KeptContent(ResolvedPolicy policy, Set<String> allowedDomains) {
        this.policy = policy;
        this.allowedDomains = Set.copyOf(allowedDomains);
    }

    /** A sentence for each column in which something was found. */
    public List<String> notes(Query source) throws SQLException {
        List<String> notes = new ArrayList<>();
        for (Kept kept : kept(source)) {
            List<String> columns = kept.columns();
            notes.addAll(source.one(counts(kept), row -> {
                List<String> found = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    long addresses = row.getLong(2 * i + 1);
                    long phones = row.getLong(2 * i + 2);
                    if (addresses + phones > 0) {
                        found.add(
                                "%s.%s is kept, and holds what looks like e-mail addresses in %d values and telephone numbers in %d: mask it if they are not public"
                                        .formatted(kept.table().qualifiedName(), columns.get(i), addresses, phones));
                    }
                }
                return found;
            }));
        }
        return notes;
    }

    /**
     * Looks for names.
     *
     * @param names the words of each, in small letters
     * @return which of them some kept column shows, by their places in the list
     */
    public Set<Integer> showing(Query source, List<List<String>> names) throws SQLException {
        String patterns = names.stream()
                .map(words -> Query.literal("\\m" + String.join("[^[:alnum:]]+", words) + "\\M"))
                .collect(Collectors.joining(","));
        Set<Integer> shown = new TreeSet<>();
        for (Kept kept : kept(source)) {
            shown.addAll(source.list(
                    SHOWING.formatted(
                            kept.columns().stream()
                                    .map(column -> Query.quoted(column) + "::text")
                                    .collect(Collectors.joining(", ")),
                            kept.from(),
                            patterns),
                    row -> row.getInt(1)));
        }
        return shown;
    }

    private record Kept(TableShape table, List<String> columns) {

        String from() {
            return Query.quoted(table.schema()) + "." + Query.quoted(table.name());
        }
    }

    private List<Kept> kept(Query source) throws SQLException {
        Set<String> readable = Set.copyOf(source.list(READABLE, row -> row.getString(1)));
        List<Kept> all = new ArrayList<>();
        for (TableMasking masking : policy.tables()) {
            TableShape table = masking.table();
            List<String> columns = table.columns().stream()
                    .filter(column -> isKeptText(masking, column))
                    .map(TableShape.Column::name)
                    .toList();
            if (masking.carriesRows()
                    && !columns.isEmpty()
                    && table.root().equals(table.name())
                    && readable.contains(table.qualifiedName())) {
                all.add(new Kept(table, columns));
            }
        }
        return all;
    }

    private String counts(Kept kept) {
        // what is of an allowed domain is taken out first
        String domains = allowedDomains.stream()
                .map(domain -> domain.replaceAll("[^A-Za-z0-9-]", "\\\\$0"))
                .collect(Collectors.joining("|"));
        String others = domains.isEmpty() ? "%s" : "regexp_replace(%s, '@(" + domains + ")\\M', ' ', 'gi')";
        return "SELECT %s FROM %s"
                .formatted(
                        kept.columns().stream()
                                .map(column -> Query.quoted(column) + "::text COLLATE \"default\"")
                                .map(column -> "count(*) FILTER (WHERE %s ~ %s), count(*) FILTER (WHERE %s ~ %s)"
                                        .formatted(
                                                others.formatted(column),
                                                Query.literal(ADDRESS),
                                                column,
                                                Query.literal(PHONE)))
                                .collect(Collectors.joining(", ")),
                        kept.from());
    }

    private static boolean isKeptText(TableMasking masking, TableShape.Column column) {
        MaskTarget element = column.target().element();
        Shape shape = element == null ? column.target().shape() : element.shape();
        return (shape.isText() || shape == Shape.JSON || shape == Shape.XML || shape == Shape.HSTORE)
                && masking.column(column.name()).filter(ColumnMask::keeps).isPresent();
    }
}
