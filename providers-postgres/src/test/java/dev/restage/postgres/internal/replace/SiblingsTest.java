package dev.restage.postgres.internal.replace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.Sessions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The databases beside a target, while their sessions take longer to end than the server waits for them. */
@Timeout(120)
class SiblingsTest {

    private static final String DROPS =
            "SELECT max(query_start)::text FROM pg_stat_activity WHERE query LIKE 'DROP DATABASE%%%s%%' AND pid <> pg_backend_pid()";

    @Test
    void aDatabaseIsDroppedThoughASessionTakesLongToEnd() throws Exception {
        TestTarget target = TestTarget.creating();
        try (Connection maintenance = maintenance(target)) {
            Siblings siblings = new Siblings(maintenance, target.name());
            String sibling = siblings.create();

            whileASessionHangs(target, sibling, () -> siblings.drop(sibling));
        }
        assertThat(target.databases()).containsExactly(target.name());
    }

    @Test
    void whatAnEndedRunHasLeftIsDroppedThoughItsSessionIsNotGoneYet() throws Exception {
        TestTarget target = TestTarget.creating();
        try (Connection maintenance = maintenance(target)) {
            Siblings siblings = new Siblings(maintenance, target.name());

            whileASessionHangs(target, siblings.create(), siblings::dropUnfinished);
        }
        assertThat(target.databases()).containsExactly(target.name());
    }

    @Test
    void aDatabaseIsDroppedThoughTheServersOwnUserIsStillThere() throws Exception {
        TestTarget target = TestTarget.creating();
        try (Connection maintenance = maintenance(target)) {
            Siblings siblings = new Siblings(maintenance, target.name());
            String sibling = siblings.create();
            Connection ours = target.sessions.at(sibling).write();
            Connection superusers = target.server.connectAsSuperuser(sibling);
            FutureTask<Boolean> working = started(() -> siblings.drop(sibling));

            awaitSecondTry(target, sibling, working);
            superusers.close();

            assertThat(working.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(ours.isValid(5)).isFalse();
        }
        assertThat(target.databases()).containsExactly(target.name());
    }

    /** Stops a session, and lets it go on when the server has given up once. */
    private static void whileASessionHangs(TestTarget target, String database, Work work) throws Exception {
        Connection session = target.sessions.at(database).write();
        long pid = new Query(session).one("SELECT pg_backend_pid()", row -> row.getLong(1));
        kill("-STOP", pid);
        try {
            FutureTask<Boolean> working = started(work);
            awaitSecondTry(target, database, working);
            kill("-CONT", pid);

            assertThat(working.get(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            kill("-CONT", pid);
            session.close();
        }
    }

    private static FutureTask<Boolean> started(Work work) {
        FutureTask<Boolean> working = new FutureTask<>(() -> {
            work.run();
            return true;
        });
        new Thread(working, "drop").start();
        return working;
    }

    /** Also ends when the first try was the last. */
    private static void awaitSecondTry(TestTarget target, String database, FutureTask<Boolean> working)
            throws SQLException {
        try (Connection superuser = target.server.connectAsSuperuser("postgres")) {
            Query query = new Query(superuser);
            String first = null;
            while (!working.isDone()) {
                List<String> started = query.list(DROPS.formatted(database), row -> String.valueOf(row.getString(1)));
                String last = started.get(0);
                if (first == null && !last.equals("null")) {
                    first = last;
                } else if (first != null && !last.equals(first) && !last.equals("null")) {
                    return;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static Connection maintenance(TestTarget target) throws SQLException {
        ConnectionSpec postgres = target.sessions.database().inDatabase("postgres");
        return new Sessions(postgres).named("restage copy (names)");
    }

    private static void kill(String signal, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }
}
