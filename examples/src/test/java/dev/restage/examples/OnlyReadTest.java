package dev.restage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Restage;
import dev.restage.plan.Access;
import dev.restage.plan.Decision;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.Progress;
import dev.restage.provider.Resource;
import dev.restage.provider.Writes;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.SnapshotId;
import dev.restage.sandbox.Sandbox;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A step that has declared to read production calls everything that writes, in its preview. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnlyReadTest {

    private final Sandbox sandbox = Sandbox.start();
    private final Restage restage = Acme.restage(sandbox);

    @AfterAll
    void leave() {
        restage.close();
        sandbox.close();
    }

    @Test
    void noCallThatIsMarkedAsWritingGetsThroughForAnyResourceOfProduction() throws SQLException, IOException {
        Map<String, Object> before = Fingerprint.ofProduction(sandbox);
        Set<String> refused = new TreeSet<>();
        for (Address address : sandbox.production().addresses()) {
            look(
                    address,
                    Resource.class,
                    resource -> writing(resource).forEach(method -> {
                        assertThatThrownBy(() -> call(resource, method))
                                .as(address + " " + method)
                                .isInstanceOf(GuardException.class);
                        refused.add(method.getName());
                    }));
        }

        assertThat(refused)
                .contains(
                        "write",
                        "copyFrom",
                        "capture",
                        "restore",
                        "delete",
                        "unset",
                        "configure",
                        "maintenance",
                        "scale",
                        "restart",
                        "resetRepository",
                        "run",
                        "copy",
                        "reset",
                        "dispatch");
        assertThat(Fingerprint.ofProduction(sandbox)).isEqualTo(before);
    }

    @Test
    void aConnectionOfProductionStaysReadOnly() throws SQLException, IOException {
        Map<String, Object> before = Fingerprint.ofProduction(sandbox);
        List<String> failures = new ArrayList<>();
        look(sandbox.production().require(sandbox.production().database(), "database"), Database.class, database -> {
            try (Connection connection = database.read();
                    Statement statement = connection.createStatement()) {
                for (String sql : List.of(
                        "SET default_transaction_read_only = off",
                        "COMMIT",
                        "SET TRANSACTION READ WRITE",
                        "CREATE TABLE written (x int)",
                        "DELETE FROM django_session")) {
                    try {
                        statement.execute(sql);
                    } catch (SQLException e) {
                        failures.add(sql);
                    }
                }
                assertThatThrownBy(() -> connection.setReadOnly(false)).isInstanceOf(SQLException.class);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(failures).hasSize(4);
        assertThat(Fingerprint.ofProduction(sandbox)).isEqualTo(before);
    }

    @Test
    void aBackupOfProductionIsNeitherMadeNorDeletedByAStepThatReads() {
        Address database = sandbox.production().require(sandbox.production().database(), "database");
        List<Integer> counts = new ArrayList<>();
        look(database, DatabaseSnapshotter.class, snapshotter -> {
            counts.add(snapshotter.snapshots().size());
            assertThatThrownBy(() -> snapshotter.capture(Progress.NONE)).isInstanceOf(GuardException.class);
            snapshotter
                    .snapshots()
                    .forEach(snapshot -> assertThatThrownBy(() -> snapshotter.delete(snapshot.id()))
                            .isInstanceOf(GuardException.class));
            assertThatThrownBy(() -> snapshotter.restore(new SnapshotId("acme-production::b001"), Progress.NONE))
                    .isInstanceOf(GuardException.class);
            counts.add(snapshotter.snapshots().size());
        });

        assertThat(counts.get(1)).isEqualTo(counts.get(0));
    }

    /** A step whose preview does what it is told with a resource that it only reads. */
    private <R extends Resource> void look(Address address, Class<R> role, Consumer<R> work) {
        restage.preview(ResetPlan.builder("look", sandbox.production(), sandbox.staging())
                .add("look", new Sly<>(address, role, work))
                .build());
    }

    record Sly<R extends Resource>(Address address, Class<R> role, Consumer<R> work) implements Step {

        @Override
        public Access access() {
            return Access.reading(address);
        }

        @Override
        public Decision decide(StepContext context) {
            work.accept(context.use(address, role));
            return Decision.NOTHING;
        }

        @Override
        public void execute(StepContext context, Decision decision) {}
    }

    private static List<Method> writing(Resource resource) {
        return Arrays.stream(resource.getClass().getInterfaces())
                .flatMap(role -> Arrays.stream(role.getMethods()))
                .filter(method -> method.isAnnotationPresent(Writes.class))
                .distinct()
                .toList();
    }

    private static void call(Resource resource, Method method) throws Throwable {
        try {
            method.invoke(resource, new Object[method.getParameterCount()]);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
