package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.database.CopyOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of some rows. The target's foreign keys, which are made after the rows, say whether these are consistent. */
class SubsetTest {

    private static final String FIXTURES = System.getProperty("restage.fixtures", "");

    private static final String[] PAGES = {
        "CREATE TABLE page (id int PRIMARY KEY, alias_of int REFERENCES page, live boolean)",
        "INSERT INTO page VALUES (1, NULL, true), (2, 1, true), (3, NULL, false), (4, 3, true), (5, 3, true)",
    };

    @TempDir
    Path home;

    @Test
    void rowsThatReferToRowsLeftBehindStayBehindToo() throws Exception {
        assumeTrue(!FIXTURES.isEmpty(), "no fixtures: set restage.fixtures");
        TestDatabases databases = new TestDatabases(home);
        PostgresDatabase source = databases.loaded(Path.of(FIXTURES, "postgres/pagila.sql"));
        PostgresDatabase target = databases.empty();

        target.copyFrom(source, where("customer", "customer_id <= 20"), Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM customer")).isEqualTo("20");
        for (String table : new String[] {"rental", "payment_p2022_01"}) {
            String wanted = "SELECT count(*) FROM %s WHERE customer_id <= 20".formatted(table);
            assertThat(TestDatabases.one(source, wanted)).isNotEqualTo("0");
            assertThat(TestDatabases.one(target, "SELECT count(*) FROM " + table))
                    .isEqualTo(TestDatabases.one(source, wanted));
        }
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM film"))
                .isEqualTo(TestDatabases.one(source, "SELECT count(*) FROM film"));
    }

    @Test
    void rowsThatReferToTheirOwnTableAreCopiedIfNoneWouldDangle() throws Exception {
        TestDatabases databases = new TestDatabases(home);
        PostgresDatabase target = databases.empty();

        target.copyFrom(databases.holding(PAGES), where("page", "id <= 2"), Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT string_agg(id::text, ',' ORDER BY id) FROM page"))
                .isEqualTo("1,2");
    }

    @Test
    void rowsThatWouldDangleAreNamedBeforeAnythingIsChanged() throws Exception {
        TestDatabases databases = new TestDatabases(home);
        PostgresDatabase source = databases.holding(PAGES);
        PostgresDatabase target = databases.holding("CREATE TABLE old (a int)");

        assertThatThrownBy(() -> target.copyFrom(source, where("page", "live"), Progress.NONE))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("2 rows of public.page refer by alias_of to rows of public.page")
                .hasMessageContaining("(id (4) (5))");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM old")).isEqualTo("0");
    }

    private static CopyOptions where(String table, String condition) {
        CopyOptions all = TestDatabases.UNMASKED;
        return new CopyOptions(
                all.policy(),
                all.key(),
                Set.of(),
                all.withoutRows(),
                List.of(),
                Map.of(table, condition),
                all.storage(),
                all.workers(),
                all.proof(),
                CopyOptions.Orphans.REFUSE,
                null,
                Map.of());
    }
}
