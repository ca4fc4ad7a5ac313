package dev.restage.testkit;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.Identity;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import dev.restage.testkit.MemoryDatabase.Server;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of snapshotters is able to fail: each fault turns the test red that names the promise, and no other. */
class DatabaseSnapshotterFaultsTest {

    /** A fault, and the test that finds it. */
    private record Fault(String test, BiFunction<Server, String, DatabaseSnapshotter> database) {}

    private static final Map<String, Fault> FAULTS = Map.ofEntries(
            entry("restores once only", new Fault("restoreBringsBackWhatWasCapturedEvenTwice", OnceOnly::new)),
            entry("takes its own snapshots only", new Fault("restoreTakesASnapshotOfAnotherDatabase", OwnOnly::new)),
            entry("takes a capture for a restore", new Fault("captureLeavesTheDatabaseAsItIs", Captured::new)),
            entry(
                    "empties before it looks",
                    new Fault("restoreOfAMissingSnapshotLeavesTheTargetUnchanged", Emptied::new)),
            entry(
                    "remembers the first restore",
                    new Fault("restoredTellsTheSnapshotThatTheDatabaseWasFilledWithLast", FirstRestore::new)),
            entry("lists the oldest first", new Fault("snapshotsAreThoseOfThisDatabaseNewestFirst", OldestFirst::new)),
            entry("lists those of others", new Fault("snapshotsAreThoseOfThisDatabaseNewestFirst", AllOfThem::new)),
            entry("hides what it deletes", new Fault("aDeletedSnapshotIsGoneAndTheOthersStay", Hidden::new)),
            entry(
                    "complains of what is deleted",
                    new Fault("aDeletedSnapshotIsGoneAndTheOthersStay", DeletesOnce::new)),
            entry("is all databases", new Fault("identitiesDifferFromDatabaseToDatabaseAndStay", OneForAll::new)));

    private static Stream<String> faults() {
        return FAULTS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isFoundByTheTestThatNamesThePromise(String fault) {
        SeededFaults.Outcome outcome = SeededFaults.run(Faulty.class, fault);

        assertThat(outcome.failed())
                .containsExactly(Objects.requireNonNull(FAULTS.get(fault)).test());
    }

    @Test
    void eachTestOfTheContractHasAFault() {
        SeededFaults.assertEachTestIsProved(
                DatabaseSnapshotterContract.class,
                FAULTS.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, fault -> fault.getValue().test())));
    }

    /** The contract with a fault; run by the launcher only. */
    @ExtendWith(SeededFaults.class)
    static final class Faulty extends DatabaseSnapshotterContract {

        private final Server server = new Server();
        private final Fault fault;

        Faulty(String fault) {
            this.fault = Objects.requireNonNull(FAULTS.get(fault));
        }

        @Override
        protected DatabaseSnapshotter databaseHolding(String contents) {
            return fault.database().apply(server, contents);
        }

        @Override
        protected void fill(DatabaseSnapshotter database, String contents) {
            ((MemoryDatabase) database).contents = contents;
        }

        @Override
        protected String contentsOf(DatabaseSnapshotter database) {
            return ((MemoryDatabase) database).contents;
        }
    }

    private static final class OnceOnly extends MemoryDatabase {

        OnceOnly(Server server, String contents) {
            super(server, contents);
        }

        @Override
        public void restore(SnapshotId snapshot, Progress progress) {
            if (snapshot.equals(restored)) {
                throw new ProviderException(Kind.CONFLICT, snapshot + " is restored already", null);
            }
            super.restore(snapshot, progress);
        }
    }

    private static final class OwnOnly extends MemoryDatabase {

        OwnOnly(Server server, String contents) {
            super(server, contents);
        }

        @Override
        public void restore(SnapshotId snapshot, Progress progress) {
            if (taken(snapshot).of() != this) {
                throw new ProviderException(Kind.NOT_FOUND, snapshot + " is another database's", null);
            }
            super.restore(snapshot, progress);
        }
    }

    private static final class Captured extends MemoryDatabase {

        Captured(Server server, String contents) {
            super(server, contents);
        }

        @Override
        public Snapshot capture(Progress progress) {
            Snapshot snapshot = super.capture(progress);
            restored = snapshot.id();
            return snapshot;
        }
    }

    private static final class Emptied extends MemoryDatabase {

        private boolean captured;

        Emptied(Server server, String contents) {
            super(server, contents);
        }

        @Override
        public Snapshot capture(Progress progress) {
            captured = true;
            return super.capture(progress);
        }

        @Override
        public void restore(SnapshotId snapshot, Progress progress) {
            if (!captured) {
                contents = "";
            }
            super.restore(snapshot, progress);
        }
    }

    private static final class FirstRestore extends MemoryDatabase {

        private @Nullable SnapshotId first;

        FirstRestore(Server server, String contents) {
            super(server, contents);
        }

        @Override
        public void restore(SnapshotId snapshot, Progress progress) {
            super.restore(snapshot, progress);
            first = first == null ? snapshot : first;
        }

        @Override
        public Optional<SnapshotId> restored() {
            return Optional.ofNullable(first);
        }
    }

    private static final class OldestFirst extends MemoryDatabase {

        OldestFirst(Server server, String contents) {
            super(server, contents);
        }

        @Override
        public List<Snapshot> snapshots() {
            List<Snapshot> oldestFirst = new ArrayList<>(super.snapshots());
            Collections.reverse(oldestFirst);
            return oldestFirst;
        }
    }

    private static final class AllOfThem extends MemoryDatabase {

        AllOfThem(Server server, String contents) {
            super(server, contents);
        }

        @Override
        public List<Snapshot> snapshots() {
            List<Snapshot> all = new ArrayList<>();
            server.snapshots.values().forEach(taken -> all.add(0, taken.snapshot()));
            return all;
        }
    }

    private static final class Hidden extends MemoryDatabase {

        private final Set<SnapshotId> hidden = new HashSet<>();

        Hidden(Server server, String contents) {
            super(server, contents);
        }

        @Override
        public void delete(SnapshotId snapshot) {
            hidden.add(snapshot);
        }

        @Override
        public List<Snapshot> snapshots() {
            return super.snapshots().stream()
                    .filter(snapshot -> !hidden.contains(snapshot.id()))
                    .toList();
        }
    }

    private static final class DeletesOnce extends MemoryDatabase {

        DeletesOnce(Server server, String contents) {
            super(server, contents);
        }

        @Override
        public void delete(SnapshotId snapshot) {
            taken(snapshot);
            super.delete(snapshot);
        }
    }

    private static final class OneForAll extends MemoryDatabase {

        OneForAll(Server server, String contents) {
            super(server, contents);
        }

        @Override
        public Identity identity() {
            return Identity.of("memory", "a database");
        }
    }
}
