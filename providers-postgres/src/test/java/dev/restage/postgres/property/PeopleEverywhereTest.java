package dev.restage.postgres.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskingPolicy;
import dev.restage.plan.SuggestedPolicy;
import dev.restage.postgres.PostgresDatabase;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyOptions;
import dev.restage.sandbox.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * People who stand anywhere in a random database are nowhere in its copy by the rules that are suggested for it, or the copy
 * was refused and said where they are. {@code -Drestage.people.runs} asks for more databases, {@code
 * -Drestage.people.seed} for those from a seed on.
 */
class PeopleEverywhereTest {

    private static final Pattern LEAVE = Pattern.compile("leaveObjects\\(\"((?:[^\"\\\\]|\"(?!\\)))+)\"\\)");

    private static final int ROUNDS = 3;

    @TempDir
    private Path home;

    @Test
    void nobodyIsInACopyByTheRulesThatAreSuggested() throws Exception {
        long first = Long.getLong("restage.people.seed", 4);
        long runs = Long.getLong("restage.people.runs", 1);
        PostgresServer server = TestServers.ofVersion(TestServers.BUNDLED);
        Map<String, Integer> outcomes = new TreeMap<>();
        List<String> leaks = new ArrayList<>();
        List<String> unasked = new ArrayList<>();
        dev.restage.sandbox.server.PostgresDatabase from = server.createDatabase("people_from");
        dev.restage.sandbox.server.PostgresDatabase to = server.createDatabase("people_to");

        for (long seed = first; seed < first + runs; seed++) {
            clear(server, from);
            clear(server, to);
            PlantedSchema planted = PlantedSchema.of(seed);
            make(from, planted, seed);
            Outcome outcome = copy(open(from), open(to));
            outcome.counted.forEach(each -> outcomes.merge(each, 1, Integer::sum));
            for (String late : outcome.late) {
                System.out.printf("seed %d was refused by the proof: %s%n", seed, late);
                unasked.add("seed %d: %s".formatted(seed, late));
            }
            if (outcome.copied) {
                try (Connection superuser = server.connectAsSuperuser(to.name())) {
                    Set<String> found = WholeDatabase.search(open(to), superuser, planted.people());
                    if (!found.isEmpty()) {
                        leaks.add("seed %d: %s".formatted(seed, found));
                    }
                }
            }
        }

        outcomes.forEach((outcome, count) -> System.out.printf("%d of %d: %s%n", count, runs, outcome));
        assertThat(leaks).isEmpty();
        assertThat(unasked).isEmpty();
        assertThat(outcomes.keySet()).anyMatch(outcome -> outcome.startsWith("copied clean"));
    }

    /**
     * What came of a copy.
     *
     * @param late what the proof found, of which the preview had said nothing
     */
    private record Outcome(boolean copied, List<String> counted, List<String> late) {}

    /** Copies by the suggested rules; what is refused by name is left behind as the refusal says. */
    private static Outcome copy(PostgresDatabase source, PostgresDatabase target) {
        MaskingPolicy policy =
                SuggestedPolicy.of(source, MaskingPolicy.builder().build()).policy();
        List<String> counted = new ArrayList<>();
        List<String> late = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            CopyOptions options = new CopyOptions(policy, Secret.of("key"));
            List<String> problems = target.checkCopy(source, options).problems();
            if (problems.isEmpty()) {
                try {
                    target.copyFrom(source, options, Progress.NONE);
                    counted.add(round == 0 ? "copied clean" : "copied clean after objects were left behind");
                    return new Outcome(true, counted, late);
                } catch (ProviderException e) {
                    problems = List.of(String.valueOf(e.getMessage()));
                    late.add(problems.get(0));
                    counted.add("refused by the proof: " + kind(problems.get(0)));
                }
            } else if (round == 0) {
                problems.forEach(problem -> counted.add("refused in the preview: " + kind(problem)));
            }
            MaskingPolicy.Builder left = MaskingPolicy.builder();
            boolean found = false;
            for (String problem : problems) {
                for (Matcher way = LEAVE.matcher(problem); way.find(); found = true) {
                    left.leaveObjects(way.group(1));
                }
            }
            if (!found) {
                counted.add("no way round by objects: " + kind(problems.get(0)));
                return new Outcome(false, counted, late);
            }
            policy = policy.plus(left.build());
        }
        counted.add("still refused after " + ROUNDS + " rounds");
        return new Outcome(false, counted, late);
    }

    /** A sentence without its names. */
    private static String kind(String problem) {
        return problem.replaceAll("replace_\\w+|people_\\w+ on [\\d.:]+", "")
                .replaceAll("\\b(public|pg_catalog)\\.[\\w.@\"]+|\\(\\d+\\)|\"[^\"]*\"", "_")
                .replaceAll("^([A-Z ]+) .*? (holds|would|is of)", "$1 $2");
    }

    private void make(dev.restage.sandbox.server.PostgresDatabase database, PlantedSchema planted, long seed)
            throws SQLException {
        try (Connection connection = RandomDatabases.connect(database)) {
            for (String statement : planted.statements()) {
                try {
                    new Query(connection).run(statement);
                } catch (SQLException e) {
                    throw new AssertionError("seed %d, %s: %s".formatted(seed, e.getMessage(), statement), e);
                }
            }
        }
    }

    private static void clear(PostgresServer server, dev.restage.sandbox.server.PostgresDatabase database)
            throws SQLException {
        try (Connection superuser = server.connectAsSuperuser(database.name())) {
            new Query(superuser)
                    .run("DROP SCHEMA IF EXISTS public CASCADE; DROP SCHEMA IF EXISTS restage CASCADE;"
                            + " CREATE SCHEMA public AUTHORIZATION pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC;"
                            + " SELECT lo_unlink(oid) FROM pg_largeobject_metadata");
        }
    }

    private PostgresDatabase open(dev.restage.sandbox.server.PostgresDatabase made) {
        return PostgresDatabase.of(
                new ConnectionSpec(
                        made.host(), made.port(), made.name(), made.user(), Secret.of(made.password()), "disable"),
                Variables.of(Map.of("RESTAGE_HOME", home.toString())));
    }
}
