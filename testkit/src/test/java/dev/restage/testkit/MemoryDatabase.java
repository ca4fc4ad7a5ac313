package dev.restage.testkit;

import dev.restage.provider.Identity;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A database that holds one text, and keeps snapshots of it on a server. */
class MemoryDatabase implements DatabaseSnapshotter {

    /** Snapshots of many databases. */
    static final class Server {
        final Map<SnapshotId, Taken> snapshots = new LinkedHashMap<>();
        private int databases;
        private int taken;
    }

    /** A snapshot, the database that it was taken of, and what that one held. */
    record Taken(Snapshot snapshot, MemoryDatabase of, String contents) {}

    final Server server;
    String contents;

    @Nullable SnapshotId restored;

    private final int number;

    MemoryDatabase(Server server, String contents) {
        this.server = server;
        this.contents = contents;
        this.number = ++server.databases;
    }

    @Override
    public Identity identity() {
        return Identity.of("memory", "database " + number);
    }

    @Override
    public Snapshot capture(Progress progress) {
        int count = ++server.taken;
        Snapshot snapshot = new Snapshot(
                new SnapshotId("b" + count), Instant.ofEpochSecond(1_700_000_000L + count), contents.length());
        server.snapshots.put(snapshot.id(), new Taken(snapshot, this, contents));
        return snapshot;
    }

    @Override
    public void restore(SnapshotId snapshot, Progress progress) {
        contents = taken(snapshot).contents();
        restored = snapshot;
    }

    final Taken taken(SnapshotId snapshot) {
        Taken taken = server.snapshots.get(snapshot);
        if (taken == null) {
            throw new ProviderException(Kind.NOT_FOUND, "there is no snapshot " + snapshot + ": choose another", null);
        }
        return taken;
    }

    @Override
    public Optional<SnapshotId> restored() {
        return Optional.ofNullable(restored);
    }

    @Override
    public List<Snapshot> snapshots() {
        List<Snapshot> own = new ArrayList<>();
        server.snapshots.values().stream()
                .filter(taken -> taken.of() == this)
                .forEach(taken -> own.add(taken.snapshot()));
        Collections.reverse(own);
        return own;
    }

    @Override
    public void delete(SnapshotId snapshot) {
        server.snapshots.remove(snapshot);
    }
}
