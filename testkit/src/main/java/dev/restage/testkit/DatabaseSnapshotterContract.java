package dev.restage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import org.junit.jupiter.api.Test;

/** What every {@link DatabaseSnapshotter} must do. A provider's test extends this and adds its own cases. */
public abstract class DatabaseSnapshotterContract {

    /** For subclasses, one per implementation. */
    protected DatabaseSnapshotterContract() {}

    /**
     * Makes a database that no other test uses.
     *
     * @param contents what it holds
     * @return the implementation under test for it
     */
    protected abstract DatabaseSnapshotter databaseHolding(String contents);

    /**
     * Replaces what a database holds, past the implementation under test.
     *
     * @param database the database
     * @param contents what it is to hold
     */
    protected abstract void fill(DatabaseSnapshotter database, String contents);

    /**
     * Looks into a database.
     *
     * @param database the database
     * @return what it holds
     */
    protected abstract String contentsOf(DatabaseSnapshotter database);

    @Test
    void restoreBringsBackWhatWasCapturedEvenTwice() {
        DatabaseSnapshotter database = databaseHolding("before");
        Snapshot snapshot = database.capture(Progress.NONE);
        fill(database, "after");

        database.restore(snapshot.id(), Progress.NONE);
        database.restore(snapshot.id(), Progress.NONE);

        assertThat(contentsOf(database)).isEqualTo("before");
    }

    @Test
    void restoreTakesASnapshotOfAnotherDatabase() {
        DatabaseSnapshotter target = databaseHolding("after");
        Snapshot snapshot = databaseHolding("before").capture(Progress.NONE);

        target.restore(snapshot.id(), Progress.NONE);

        assertThat(contentsOf(target)).isEqualTo("before");
    }

    @Test
    void captureLeavesTheDatabaseAsItIs() {
        DatabaseSnapshotter database = databaseHolding("kept");

        database.capture(Progress.NONE);

        assertThat(contentsOf(database)).isEqualTo("kept");
        assertThat(database.restored()).isEmpty();
    }

    @Test
    void restoreOfAMissingSnapshotLeavesTheTargetUnchanged() {
        DatabaseSnapshotter target = databaseHolding("kept");

        ProviderException failure = catchThrowableOfType(
                ProviderException.class, () -> target.restore(new SnapshotId("missing"), Progress.NONE));

        assertThat(failure).isNotNull().returns(Kind.NOT_FOUND, ProviderException::kind);
        assertThat(contentsOf(target)).isEqualTo("kept");
    }

    @Test
    void restoredTellsTheSnapshotThatTheDatabaseWasFilledWithLast() {
        DatabaseSnapshotter database = databaseHolding("contents");
        Snapshot first = database.capture(Progress.NONE);
        Snapshot second = database.capture(Progress.NONE);

        database.restore(second.id(), Progress.NONE);
        database.restore(first.id(), Progress.NONE);

        assertThat(database.restored()).contains(first.id());
    }

    @Test
    void snapshotsAreThoseOfThisDatabaseNewestFirst() {
        DatabaseSnapshotter database = databaseHolding("contents");
        assertThat(database.snapshots()).isEmpty();

        databaseHolding("other").capture(Progress.NONE);
        Snapshot first = database.capture(Progress.NONE);
        Snapshot second = database.capture(Progress.NONE);

        assertThat(database.snapshots()).containsExactly(second, first);
    }

    @Test
    void aDeletedSnapshotIsGoneAndTheOthersStay() {
        DatabaseSnapshotter database = databaseHolding("contents");
        Snapshot deleted = database.capture(Progress.NONE);
        Snapshot kept = database.capture(Progress.NONE);

        database.delete(deleted.id());
        database.delete(deleted.id());

        assertThat(database.snapshots()).extracting(Snapshot::id).containsExactly(kept.id());
        ProviderException failure =
                catchThrowableOfType(ProviderException.class, () -> database.restore(deleted.id(), Progress.NONE));
        assertThat(failure).isNotNull().returns(Kind.NOT_FOUND, ProviderException::kind);
        assertThat(contentsOf(database)).isEqualTo("contents");
    }

    @Test
    void identitiesDifferFromDatabaseToDatabaseAndStay() {
        DatabaseSnapshotter database = databaseHolding("one");

        assertThat(database.identity())
                .isEqualTo(database.identity())
                .isNotEqualTo(databaseHolding("one").identity());
    }
}
