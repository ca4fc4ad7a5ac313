package dev.restage.step.media;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableSelector;
import dev.restage.masking.TableShape;
import dev.restage.media.MediaJournal;
import dev.restage.media.MediaJournal.Altered;
import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Holds;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.database.Database;
import dev.restage.provider.media.MediaStore;
import dev.restage.step.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the size and hash of files that a sync has altered into the rows that name them, where these say anything of
 * size or hash. Comes after the sync and after the copy of the database, whose rows tell of the files as they are at the
 * source. What is empty stays empty.
 *
 * @param source the media store that was read
 * @param target the media store that was changed
 * @param database the database to correct
 * @param tables the tables of files: with the column {@code file} and {@code file_size} or {@code file_hash}, a SHA-1 in
 *     hexadecimal digits
 */
public record CorrectFileFacts(Address source, Address target, Address database, TableSelector tables) implements Step {

    /** Tables as Wagtail has them, under whatever names. */
    public static final TableSelector FILES = new TableSelector.All(List.of(
            TableSelector.having("file"),
            new TableSelector.Any(List.of(TableSelector.having("file_size"), TableSelector.having("file_hash")))));

    private static final int ROWS_AT_ONCE = 1000;

    /** A row that tells another size or hash than the target's file has. */
    private record Wrong(String file, Altered right) {}

    @Override
    public Access access() {
        return Access.reading(source, target).writing(database);
    }

    @Override
    public Decision decide(StepContext context) {
        List<String> found = Sql.tables(context.use(database, Database.class).shape(), tables);
        return found.isEmpty()
                ? Decision.NOTHING
                : Decision.of(new Change(
                        database,
                        "have size and hash of the files that are altered on their way to %s corrected in %s"
                                .formatted(target, String.join(", ", found))));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        List<Table> found = found(context);
        long rows = withJournal(
                context,
                journal -> Sql.write(context.use(database, Database.class), database, connection -> {
                    long corrected = 0;
                    for (Table table : found) {
                        corrected += table.correct(connection, journal);
                    }
                    return corrected;
                }));
        context.fact("rows.corrected", Long.toString(rows));
    }

    @Override
    public Holds holds(StepContext context, Decision decision) {
        List<Table> found = found(context);
        return withJournal(
                context,
                journal -> Sql.read(context.use(database, Database.class), database, connection -> {
                    for (Table table : found) {
                        if (!table.wrong(connection, journal).isEmpty()) {
                            return Holds.NO;
                        }
                    }
                    return Holds.YES;
                }));
    }

    private List<Table> found(StepContext context) {
        DatabaseShape shape = context.use(database, Database.class).shape();
        return Sql.found(shape, tables).stream().map(Table::of).toList();
    }

    private interface Work<T> {
        T with(MediaJournal journal);
    }

    private <T> T withJournal(StepContext context, Work<T> work) {
        MediaStore from = context.use(source, MediaStore.class);
        MediaStore to = context.use(target, MediaStore.class);
        try (MediaJournal journal = Journals.alone(context, from, to)) {
            return work.with(journal);
        }
    }

    /**
     * A table of files.
     *
     * @param name its name, quoted
     * @param size the column of sizes; empty if there is none
     * @param hash the column of hashes; empty if there is none
     */
    private record Table(String name, String size, String hash) {

        private static Table of(TableShape table) {
            return new Table(
                    Sql.quoted(table),
                    table.column("file_size").isPresent() ? "file_size" : "",
                    table.column("file_hash").isPresent() ? "file_hash" : "");
        }

        private List<Wrong> wrong(Connection connection, MediaJournal journal) throws SQLException {
            String query = "SELECT DISTINCT file, %s, %s FROM %s WHERE file <> ''"
                    .formatted(size.isEmpty() ? "NULL" : size, hash.isEmpty() ? "NULL" : hash, name);
            List<Wrong> wrong = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                statement.setFetchSize(ROWS_AT_ONCE);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        String file = rows.getString(1);
                        Optional<Altered> right = journal.altered(file);
                        long told = rows.getLong(2);
                        boolean silent = rows.wasNull();
                        String hashed = rows.getString(3);
                        if (right.isPresent()
                                && ((!silent && told != right.get().sizeBytes())
                                        || (hashed != null
                                                && !hashed.isEmpty()
                                                && !hashed.equals(right.get().sha1())))) {
                            wrong.add(new Wrong(file, right.get()));
                        }
                    }
                }
            }
            return wrong;
        }

        private long correct(Connection connection, MediaJournal journal) throws SQLException {
            List<String> changes = new ArrayList<>();
            if (!size.isEmpty()) {
                changes.add("file_size = CASE WHEN file_size IS NULL THEN NULL ELSE ? END");
            }
            if (!hash.isEmpty()) {
                changes.add("file_hash = CASE WHEN file_hash = '' THEN '' WHEN file_hash IS NULL THEN NULL ELSE ? END");
            }
            String update = "UPDATE %s SET %s WHERE file = ?".formatted(name, String.join(", ", changes));
            long corrected = 0;
            for (Wrong row : wrong(connection, journal)) {
                try (PreparedStatement statement = connection.prepareStatement(update)) {
                    int at = 1;
                    if (!size.isEmpty()) {
                        statement.setObject(at++, row.right().sizeBytes(), Types.BIGINT);
                    }
                    if (!hash.isEmpty()) {
                        statement.setString(at++, row.right().sha1());
                    }
                    statement.setString(at, row.file());
                    corrected += statement.executeLargeUpdate();
                }
            }
            return corrected;
        }
    }
}
