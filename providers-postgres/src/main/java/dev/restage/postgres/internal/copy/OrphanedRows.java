package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.database.CopyOptions.Orphans;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a live source that refer by a foreign key to rows that are not there, though the server believes the key to hold:
 * replicas, disabled triggers and damages leave such. The key cannot be made again in a target.
 *
 * @param found a sentence for each foreign key that has some
 * @param unsearched foreign keys for which there was no time
 */
public record OrphanedRows(List<String> found, List<String> unsearched) {

    /** So long is searched at most, from the smallest table on: a preview is to be waited for. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * Searches with an anti-join for each foreign key.
     *
     * @param carriesRows whether all rows of a table, {@code schema.table}, are copied but for those that conditions leave out
     * @param conditions for the rows that are, by table
     */
    public static OrphanedRows of(LiveSource source, Predicate<String> carriesRows, Map<String, String> conditions)
            throws SQLException {
        return of(source, carriesRows, conditions, LIMIT);
    }

    static OrphanedRows of(
            LiveSource source, Predicate<String> carriesRows, Map<String, String> conditions, Duration limit)
            throws SQLException {
        List<String> found = new ArrayList<>();
        List<String> unsearched = new ArrayList<>();
        long end = System.nanoTime() + limit.toNanos();
        List<Reference> references =
                new Query(source.session()).list(Query.text(OrphanedRows.class, "references.sql"), Reference::read);
        for (Reference reference : references) {
            // what refers to rows that stay behind is the policy's to settle
            if (!carriesRows.test(reference.table()) || !carriesRows.test(reference.referred())) {
                continue;
            }
            String count = reference.count(conditions.get(reference.table()));
            Duration left = Duration.ofNanos(end - System.nanoTime());
            Optional<Long> orphans = left.isNegative() || left.toMillis() == 0
                    ? Optional.empty()
                    : source.ofRows(left, query -> query.one(count, row -> row.getLong(1)));
            if (orphans.isEmpty()) {
                unsearched.add("%s of %s".formatted(reference.constraint(), reference.table()));
            } else if (orphans.get() > 0) {
                found.add(reference.sentence(orphans.get()));
            }
        }
        return new OrphanedRows(List.copyOf(found), List.copyOf(unsearched));
    }

    /** What stands against a copy, a sentence each. */
    public List<String> problems(Orphans treatment) {
        return treatment == Orphans.KEEP
                ? List.of()
                : found.stream()
                        .map(
                                sentence -> sentence
                                        + ": correct them in the source, or keep them by CopyOptions.Orphans.KEEP (StagingReset.keepOrphans), which leaves that key NOT VALID")
                        .toList();
    }

    /** What a person should know, a sentence each. */
    public List<String> notes(Orphans treatment) {
        List<String> notes = new ArrayList<>();
        if (treatment == Orphans.KEEP) {
            found.forEach(sentence -> notes.add(sentence + ": that key will be NOT VALID"));
        }
        if (!unsearched.isEmpty()) {
            notes.add("a preview has no time to look for rows that refer to nothing by %d foreign keys: %s"
                    .formatted(unsearched.size(), String.join(", ", unsearched)));
        }
        return notes;
    }

    /**
     * A foreign key.
     *
     * @param rows the table as a query reads it
     * @param refers the condition for a row that refers to one
     * @param nothing the condition for one that is not there
     */
    private record Reference(
            String table, String constraint, String referred, String rows, String refers, String nothing) {

        static Reference read(ResultSet row) throws SQLException {
            return new Reference(
                    row.getString("schema") + "." + row.getString("name"),
                    row.getString("constraint"),
                    row.getString("referred_schema") + "." + row.getString("referred"),
                    row.getString("rows"),
                    row.getString("refers"),
                    row.getString("nothing"));
        }

        String count(@Nullable String condition) {
            return "SELECT count(*) FROM %s WHERE %s AND %s%s"
                    .formatted(rows, refers, nothing, condition == null ? "" : " AND (" + condition + ")");
        }

        String sentence(long count) {
            return "%d rows of %s refer by the foreign key %s to rows of %s that are not there"
                    .formatted(count, table, constraint, referred);
        }
    }
}
