package dev.restage.step.database;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Holds;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.Incomplete;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import java.util.Optional;

/**
 * Takes a snapshot of a database that later steps will change, and checks that it is there. Its undo restores it, so it
 * is the way back for all changes of the database after it. Of a database that a run before has left incomplete, it relies
 * on the snapshot of the state before that run.
 *
 * @param database the database
 */
public record TakeBackup(Address database) implements Step {

    /** The fact that names the snapshot. */
    static final String SNAPSHOT = "snapshot";

    @Override
    public Access access() {
        return Access.NONE.writing(database);
    }

    @Override
    public Decision decide(StepContext context) {
        Optional<Incomplete> kept = incomplete(context);
        if (kept.isPresent()) {
            return Decision.NOTHING.note("%s %s, and so is not backed up as it is".formatted(database, kept.get()));
        }
        int backups =
                context.use(database, DatabaseSnapshotter.class).snapshots().size();
        return Decision.of(new Change(database, "be backed up; it has %d backups now".formatted(backups)));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        String id = context.keep(SNAPSHOT, () -> before(context).value());
        context.fact(SNAPSHOT, id);
        context.use(database, DatabaseSnapshotter.class).snapshots().stream()
                .filter(snapshot -> snapshot.id().value().equals(id))
                .findFirst()
                .map(Snapshot::sizeBytes)
                .ifPresent(bytes -> context.fact("bytes", Long.toString(bytes)));
    }

    /** What is half filled is nothing to go back to: the state before the first of several runs counts. */
    private SnapshotId before(StepContext context) {
        return incomplete(context)
                .map(Incomplete::before)
                .orElseGet(() -> context.use(database, DatabaseSnapshotter.class)
                        .capture(context.progress())
                        .id());
    }

    private Optional<Incomplete> incomplete(StepContext context) {
        return context.use(database, Database.class).incomplete().filter(state -> state.before() != null);
    }

    @Override
    public Holds holds(StepContext context, Decision decision) {
        return Holds.when(context.kept(SNAPSHOT)
                .filter(id -> context.use(database, DatabaseSnapshotter.class).snapshots().stream()
                        .anyMatch(snapshot -> snapshot.id().value().equals(id)))
                .isPresent());
    }

    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        return context.kept(SNAPSHOT)
                .map(id -> WayBack.ofOthers(
                        new Change(database, "be restored from the backup " + id),
                        acting -> acting.use(database, DatabaseSnapshotter.class)
                                .restore(new SnapshotId(id), acting.progress())))
                .orElse(WayBack.NOTHING);
    }
}
