package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that pg_dump was told to leave something out of are no copy of production. */
class PartialArchivesTest {

    private static final String[] PEOPLE = {
        "CREATE TABLE people (id int PRIMARY KEY, email text)",
        "CREATE TABLE parted (id int) PARTITION BY RANGE (id)",
        "CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (10)",
        "INSERT INTO people VALUES (1, 'ada@acme.test')",
        "INSERT INTO parted VALUES (1)",
        "ANALYZE"
    };

    @TempDir
    Path folder;

    private TestDatabases databases;

    @BeforeEach
    void server() {
        databases = new TestDatabases(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--data-only", "--no-schema", "--section=data", "--section=data --section=post-data"})
    void areRefusedBeforehandWithRowsOfWhichTheTableIsNotDefined(String options) throws Exception {
        PostgresArchive archive = dumped(options, PEOPLE);

        assertThat(refusal(archive))
                .contains(
                        "given.dump", "rows of public.part, public.people", "definition", "--data-only", "--no-schema")
                .contains("leaveObjects(\"TABLE DATA public.part\", \"TABLE DATA public.people\")");
    }

    @Test
    void areRefusedAsTheSourceOfAnotherArchiveToo() throws Exception {
        PostgresArchive archive = dumped("--data-only", PEOPLE);
        PostgresArchive target = PostgresArchive.of(folder.resolve("target.dump"), Clock.systemUTC());

        assertThat(target.checkCopy(archive, TestDatabases.UNMASKED).problems())
                .singleElement()
                .asString()
                .contains("given.dump", "public.people");
        assertThat(folder.resolve("target.dump")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--statistics-only", "--section=post-data", "--exclude-schema=*"})
    void areRefusedBeforehandWithoutAnyTable(String options) throws Exception {
        assertThat(refusal(dumped(options, PEOPLE))).contains("given.dump", "no table");
    }

    @Test
    void areRefusedBeforehandOfAnEmptyDatabase() throws Exception {
        assertThat(refusal(dumped(""))).contains("given.dump", "no table");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--schema-only", "--exclude-table-data=*", "--section=pre-data", "--no-data"})
    void areRefusedBeforehandWithTheRowsOfNoTable(String options) throws Exception {
        assertThat(refusal(dumped(options, PEOPLE)))
                .contains("given.dump", "rows of none of its tables", "--schema-only", "withoutRows");
    }

    @Test
    void areCopiedIfTheirTablesHadNoRows() throws Exception {
        PostgresArchive archive = dumped("", PEOPLE[0], PEOPLE[1]);
        PostgresDatabase target = databases.empty();

        assertThat(target.checkCopy(archive, TestDatabases.UNMASKED).problems()).isEmpty();
        target.copyFrom(archive, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM people")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE rooted (id int) PARTITION BY RANGE (id)",
                "SELECT lo_from_bytea(0, 'words')",
            })
    void areCopiedIfNothingWasThereThatCouldHaveRows(String statement) throws Exception {
        PostgresArchive archive = dumped("", statement);

        assertThat(databases.empty().checkCopy(archive, TestDatabases.UNMASKED).problems())
                .isEmpty();
    }

    @Test
    void doNotStandForALiveDatabaseThatIsEmpty() throws Exception {
        PostgresDatabase target = databases.holding("CREATE TABLE own (id int)");

        target.copyFrom(databases.empty(), TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo("0");
    }

    @Test
    void canBeSnapshotsOfAnEmptyDatabase() throws Exception {
        PostgresDatabase target = databases.empty();
        var snapshot = target.capture(Progress.NONE);
        TestDatabases.run(target, PEOPLE);

        target.restore(snapshot.id(), Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo("0");
    }

    /** What the check and the copy say alike, of a target that keeps what it had. */
    private String refusal(PostgresArchive archive) throws Exception {
        PostgresDatabase target = databases.holding("CREATE TABLE own AS SELECT 7 AS id");

        List<String> problems =
                target.checkCopy(archive, TestDatabases.UNMASKED).problems();

        assertThat(problems).hasSize(1);
        assertThatThrownBy(() -> target.copyFrom(archive, TestDatabases.UNMASKED, Progress.NONE))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNSUPPORTED, ProviderException::kind)
                .extracting(Throwable::getMessage)
                .asString()
                .contains(problems);
        assertThat(TestDatabases.one(target, "SELECT id FROM own")).isEqualTo("7");
        return problems.get(0);
    }

    private PostgresArchive dumped(String options, String... statements) throws Exception {
        ClientPrograms programs = ClientPrograms.atLeast(18);
        dev.restage.sandbox.server.PostgresDatabase made = databases.creator();
        TestDatabases.run(databases.open(made), statements);
        Path file = folder.resolve("given.dump");
        programs.dump(
                made,
                Stream.concat(
                                Stream.of("-Fc", "-f", file.toString()),
                                Stream.of(options.split(" ")).filter(option -> !option.isEmpty()))
                        .toArray(String[]::new));
        return PostgresArchive.of(file, Clock.systemUTC());
    }
}
