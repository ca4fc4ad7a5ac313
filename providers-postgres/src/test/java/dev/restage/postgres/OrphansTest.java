package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Progress;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyOptions.Orphans;
import dev.restage.provider.database.CopyResult;
import dev.restage.provider.database.Dataset;
import dev.restage.sandbox.server.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that refer to rows that are not there, under a foreign key that the source believes to hold. */
class OrphansTest {

    private static final CopyOptions KEEPING = TestDatabases.UNMASKED.orphans(Orphans.KEEP);

    private static PostgresDatabase books;

    @TempDir
    Path home;

    private TestDatabases databases;

    @BeforeAll
    static void write() throws SQLException {
        books = books();
    }

    @BeforeEach
    void prepare() {
        databases = new TestDatabases(home);
    }

    @Test
    void theyAreCountedInThePreviewAndNothingIsChanged() throws Exception {
        dev.restage.postgres.PostgresDatabase source = databases.open(books);
        dev.restage.postgres.PostgresDatabase target = databases.holding("CREATE TABLE kept (a int)");

        List<String> problems = target.checkCopy(source, TestDatabases.UNMASKED).problems();

        assertThat(problems)
                .hasSize(4)
                .allMatch(problem -> problem.contains("StagingReset.keepOrphans"))
                .anyMatch(
                        problem -> problem.startsWith(
                                "1 rows of public.book refer by the foreign key book_author_fkey to rows of public.author that are not there"))
                .anyMatch(problem -> problem.startsWith("2 rows of public.chapter refer by the foreign key chapter_of"))
                .anyMatch(
                        problem -> problem.startsWith("1 rows of public.sale refer by the foreign key sale_book_fkey"))
                .anyMatch(
                        problem -> problem.startsWith("1 rows of public.author refer by the foreign key author_boss"));
        assertThatThrownBy(() -> target.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE))
                .hasMessageContaining("nothing was changed")
                .hasMessageContaining("book_author_fkey");
        assertThat(TestDatabases.contents(target)).containsKey("TABLE public.kept");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theyCanBeKeptUnderAKeyThatIsNotValid(Way way) throws Exception {
        Dataset from = way.from(books, databases, home);
        dev.restage.postgres.PostgresDatabase target = way == Way.BESIDE ? databases.creating() : databases.empty();

        CopyCheck check = target.checkCopy(from, KEEPING);
        CopyResult result = target.copyFrom(from, KEEPING, Progress.NONE);

        assertThat(check.problems()).isEmpty();
        if (way == Way.IN_PLACE || way == Way.BESIDE) {
            assertThat(check.notes())
                    .anyMatch(note -> note.startsWith("1 rows of public.book") && note.endsWith("will be NOT VALID"));
        }
        assertThat(result.leftOut())
                .anyMatch(left -> left.contains("book_author_fkey is NOT VALID"))
                .anyMatch(left -> left.contains("author_boss is NOT VALID"));
        assertThat(TestDatabases.all(
                        target,
                        "SELECT conname || ' ' || convalidated FROM pg_constraint WHERE contype = 'f' AND conparentid = 0"
                                + " UNION ALL SELECT 'books: ' || count(*) FROM book ORDER BY 1"))
                .containsExactly(
                        "author_boss false",
                        "book_author_fkey false",
                        "books: 3",
                        "chapter_of false",
                        "sale_book_fkey false",
                        "word_author_fkey true");
    }

    @Test
    void rowsThatStayBehindAreNoOrphans() throws Exception {
        dev.restage.postgres.PostgresDatabase source = databases.open(books);
        CopyOptions some = new CopyOptions(
                TestDatabases.UNMASKED.policy(),
                TestDatabases.UNMASKED.key(),
                java.util.Set.of(),
                List.of("chapter", "sale"),
                List.of(),
                Map.of("author", "boss IS NULL", "book", "author <> 99"),
                CopyOptions.Storage.FAST,
                0,
                CopyOptions.Proof.FULL,
                Orphans.REFUSE,
                null,
                Map.of());
        dev.restage.postgres.PostgresDatabase target = databases.empty();

        assertThat(target.checkCopy(source, some).problems()).isEmpty();
        target.copyFrom(source, some, Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM book")).isEqualTo("1");
    }

    @Test
    void aKeyOfAPartitionedTableThatOlderServersCannotLeaveOpenIsLeftOut() throws Exception {
        dev.restage.postgres.PostgresDatabase source = databases.open(books);
        dev.restage.postgres.PostgresDatabase target =
                databases.open(TestServers.ofVersion(15).createDatabase(name()));

        CopyResult result = target.copyFrom(source, KEEPING, Progress.NONE);

        assertThat(result.leftOut()).anyMatch(left -> left.contains("sale_book_fkey was left out"));
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM sale")).isEqualTo("2");
    }

    @Test
    void anArchiveCannotBeAskedAndItsFailureSaysTheWayRound() throws Exception {
        Dataset archive = Way.ARCHIVE.from(books, databases, home);
        dev.restage.postgres.PostgresDatabase target = databases.creating("CREATE TABLE kept (a int)");

        assertThatThrownBy(() -> target.copyFrom(archive, TestDatabases.UNMASKED, Progress.NONE))
                .hasMessageContaining("CopyOptions.Orphans.KEEP");
        assertThat(TestDatabases.contents(target)).containsKey("TABLE public.kept");
    }

    private static PostgresDatabase books() throws SQLException {
        PostgresDatabase made = TestDatabases.server().createDatabase(name());
        try (Connection connection = TestDatabases.server().connectAsSuperuser(made.name());
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE " + made.user());
            for (String sql : List.of(
                    "CREATE TABLE author (id int PRIMARY KEY, boss int CONSTRAINT author_boss REFERENCES author)",
                    "CREATE TABLE book (id int, volume int, author bigint, PRIMARY KEY (id, volume))",
                    "ALTER TABLE book ADD CONSTRAINT book_author_fkey FOREIGN KEY (author) REFERENCES author",
                    "CREATE TABLE chapter (book int, volume int, title text,"
                            + " CONSTRAINT chapter_of FOREIGN KEY (book, volume) REFERENCES book DEFERRABLE INITIALLY DEFERRED)",
                    "CREATE TABLE sale (day date, book int, volume int,"
                            + " CONSTRAINT sale_book_fkey FOREIGN KEY (book, volume) REFERENCES book) PARTITION BY RANGE (day)",
                    "CREATE TABLE sale_1 PARTITION OF sale DEFAULT",
                    "CREATE TABLE word (author int REFERENCES author, word text)",
                    "INSERT INTO author VALUES (1, NULL), (2, 1)",
                    "INSERT INTO book VALUES (1, 1, 1), (2, 1, NULL)",
                    "INSERT INTO chapter VALUES (1, 1, 'one'), (NULL, 5, 'loose')",
                    "INSERT INTO sale VALUES ('2026-01-01', 1, 1)",
                    "INSERT INTO word VALUES (1, 'x'), (NULL, 'y')",
                    "RESET ROLE",
                    "SET session_replication_role = replica",
                    "SET ROLE " + made.user(),
                    "INSERT INTO author VALUES (3, 77)",
                    "INSERT INTO book VALUES (3, 1, 99)",
                    "INSERT INTO chapter VALUES (1, 9, 'gone'), (8, 1, 'gone')",
                    "INSERT INTO sale VALUES ('2026-01-01', 8, 8)")) {
                statement.execute(sql);
            }
        }
        return made;
    }

    private static String name() {
        return "orphans_" + UUID.randomUUID().toString().substring(0, 8);
    }
}
