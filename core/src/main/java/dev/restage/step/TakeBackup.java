package dev.restage.step;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.DatabaseSnapshotter;
import dev.restage.provider.Snapshot;
import dev.restage.provider.SnapshotId;

/**
 * Takes a snapshot of a database that later steps will change, and checks that it is there. Its undo restores it, so it
 * is the way back for all changes of the database after it.
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
    public Preview preview(StepContext context) {
        int kept = context.use(database, DatabaseSnapshotter.class).snapshots().size();
        return Preview.of(new Change(database, "be backed up; it has %d backups now".formatted(kept)));
    }

    @Override
    public void execute(StepContext context) {
        String id = context.fact(
                SNAPSHOT,
                () -> context.use(database, DatabaseSnapshotter.class)
                        .capture(context.progress())
                        .id()
                        .value());
        context.use(database, DatabaseSnapshotter.class).snapshots().stream()
                .filter(snapshot -> snapshot.id().value().equals(id))
                .findFirst()
                .map(Snapshot::sizeBytes)
                .ifPresent(bytes -> context.fact("bytes", () -> Long.toString(bytes)));
    }

    @Override
    public boolean holds(StepContext context) {
        return context.fact(SNAPSHOT)
                .filter(id -> context.use(database, DatabaseSnapshotter.class).snapshots().stream()
                        .anyMatch(snapshot -> snapshot.id().value().equals(id)))
                .isPresent();
    }

    @Override
    public void undo(StepContext context) {
        context.fact(SNAPSHOT)
                .ifPresent(id -> context.use(database, DatabaseSnapshotter.class)
                        .restore(new SnapshotId(id), context.progress()));
    }
}
