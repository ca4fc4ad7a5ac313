package dev.restage.sandbox.vendor.internal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.vendor.Repositories;
import dev.restage.sandbox.vendor.internal.SourceTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shell in a dyno, and Django's commands as far as they ask no database. */
class DynoShellTest {

    private static final String NOWHERE = "postgres://acme:secret@127.0.0.1:1/acme";

    private final List<List<String>> asked = new ArrayList<>();
    private SourceTree tree;
    private Path repository;

    @BeforeEach
    void commitSite(@TempDir Path directory) {
        repository = Repositories.bare(directory, "acme/site");
        tree = tree(Map.of(
                "home/migrations/0001_initial.py", "# sql: CREATE TABLE a (id int)\n# sql:  CREATE TABLE b (id int) \n",
                "deep/er/news/migrations/0002_topic.py", "pass\n",
                "home/migrations/__init__.py", "",
                "home/models.py", "class Page:\n    # pending: Add field colour to page\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | 0 | ''",
                "false | 1 | ''",
                "exit 7 | 7 | ''",
                "echo one; echo two >&2 | 0 | one;two",
                "echo \"$GREETING\" | 0 | hello there",
                "false; echo \"exit: $?\" | 0 | exit: 1",
                "seq 3 | 0 | 1;2;3",
                "git status | 127 | ''"
            })
    void runsACommandAsAShellDoesWithAFewToolsOnly(String command, int exit, String output) throws Exception {
        Ended ended = run(command);

        assertThat(ended.exit()).isEqualTo(exit);
        if (exit == 127) { // in the words of whatever shell this machine has
            assertThat(ended.output()).contains("git");
        } else {
            assertThat(ended.output()).isEqualTo(output.isEmpty() ? "" : output.replace(';', '\n') + "\n");
        }
    }

    @Test
    void handsPythonItsArgumentsAsTheyAre() throws Exception {
        Ended ended = run("python manage.py migrate --noinput 'two words' \"\" && python3 manage.py check");

        assertThat(asked)
                .containsExactly(
                        List.of("manage.py", "migrate", "--noinput", "two words", ""), List.of("manage.py", "check"));
        assertThat(ended.output()).isEqualTo("ran migrate\nran check\n");
        assertThat(ended.exit()).isZero();
    }

    @Test
    void theExitOfPythonIsThatOfItsCommand() throws Exception {
        assertThat(run("python manage.py fail; echo \"exit $?\"").output()).isEqualTo("ran fail\nexit 3\n");
        assertThat(run("python manage.py fail && echo never").exit()).isEqualTo(3);
    }

    @Test
    void whatRunsLongerThanItMayIsKilled() throws Exception {
        try (DynoShell shell = new DynoShell("sleep 60", Map.of(), arguments -> new ManagePy.Outcome(0, ""))) {
            assertThat(shell.serve(Duration.ZERO)).isNotZero();
        }
    }

    @Test
    void readsTheMigrationsAndTheMissingOnesOfACommit() throws Exception {
        assertThat(tree.migrations())
                .extracting(SourceTree.Migration::label)
                .containsExactly("home.0001_initial", "news.0002_topic");
        assertThat(tree.migrations().get(0).statements())
                .containsExactly("CREATE TABLE a (id int)", "CREATE TABLE b (id int)");
        assertThat(tree.pendingChanges()).containsExactly(new SourceTree.Pending("home", "Add field colour to page"));
        assertThat(SourceTree.head(repository, "nowhere")).isEmpty();
        assertThat(SourceTree.head(repository, "main")).contains(tree.commit());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "manage.py makemigrations --check | 1 | Migrations for 'home'",
                "manage.py makemigrations | 0 | home/migrations/0002_auto.py",
                "manage.py check | 0 | System check identified no issues",
                "manage.py update_index | 0 | Rebuilding index",
                "/app/manage.py rebuild_references_index | 0 | Done",
                "manage.py | 0 | Type 'manage.py help <subcommand>'",
                "manage.py frobnicate | 1 | Unknown command: 'frobnicate'",
                "other.py | 2 | can't open file '/app/other.py'",
                "manage.py migrate | 1 | django.db.utils.OperationalError",
                "manage.py showmigrations | 1 | django.db.utils.OperationalError"
            })
    void answersAsDjangoDoes(String arguments, int exit, String output) {
        ManagePy.Outcome outcome = new ManagePy().python(List.of(arguments.split(" ", -1)), dyno(NOWHERE));

        assertThat(outcome.exit()).isEqualTo(exit);
        assertThat(outcome.output()).contains(output);
    }

    @Test
    void aSiteWithoutMissingMigrationsHasNothingToMake() {
        tree = tree(Map.of("home/models.py", "x = 1\n"));

        ManagePy.Outcome outcome =
                new ManagePy().python(List.of("manage.py", "makemigrations", "--check"), dyno(NOWHERE));

        assertThat(outcome).isEqualTo(new ManagePy.Outcome(0, "No changes detected\n"));
    }

    @ParameterizedTest
    @CsvSource({"''", "sqlite:///db.sqlite3", "mysql://h/db"})
    void aDatabaseThatIsNoneIsAConfigurationError(String url) {
        ManagePy.Outcome outcome = new ManagePy().python(List.of("manage.py", "migrate"), dyno(url));

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("OperationalError", "improperly configured");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://acme:p%40ss@db.example:5433/site, acme, p@ss, 5433, site",
        "postgresql://acme@db.example/site, acme, '', 5432, site"
    })
    void readsTheUrlOfADatabase(String url, String user, String password, int port, String name) {
        DatabaseUrl read = DatabaseUrl.of(url);

        assertThat(DatabaseUrl.is(url)).isTrue();
        assertThat(read.user()).isEqualTo(user);
        assertThat(read.password()).isEqualTo(password);
        assertThat(read.port()).isEqualTo(port);
        assertThat(read.name()).isEqualTo(name);
        assertThat(DatabaseUrl.is("redis://h")).isFalse();
    }

    private SourceTree tree(Map<String, String> files) {
        return new SourceTree(repository, Repositories.commit(repository, "main", files));
    }

    private ManagePy.Dyno dyno(String databaseUrl) {
        return new ManagePy.Dyno(tree, Map.of("DATABASE_URL", databaseUrl));
    }

    private Ended run(String command) throws Exception {
        try (DynoShell shell = new DynoShell(command, Map.of("GREETING", "hello there"), this::python)) {
            int exit = shell.serve(Duration.ofSeconds(30));
            return new Ended(exit, new String(shell.output().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private ManagePy.Outcome python(List<String> arguments) {
        asked.add(arguments);
        String command = arguments.get(1);
        return new ManagePy.Outcome(command.equals("fail") ? 3 : 0, "ran " + command + "\n");
    }

    private record Ended(int exit, String output) {}
}
