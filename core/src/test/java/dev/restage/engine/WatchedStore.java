package dev.restage.engine;

import dev.restage.store.RunLog;
import dev.restage.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A folder of journals that somebody watches, or disturbs. */
final class WatchedStore implements RunStore {

    /** What happens around a write. */
    interface Watcher {

        /** A write is about to begin; an exception is what it fails with. */
        default void before(RunLog log, long length, byte[] entry) throws IOException {}

        /** The journal of a run has one more entry. */
        default void after(String runId) {}

        /** The journal is about to be brought to the disk; an exception is what that fails with. */
        default void syncing() throws IOException {}
    }

    final AtomicInteger appends = new AtomicInteger();
    final AtomicInteger syncs = new AtomicInteger();
    private final RunStore folder;
    private final Watcher watcher;

    WatchedStore(Path home, Watcher watcher) {
        this.folder = RunStore.folder(home.resolve("runs"));
        this.watcher = watcher;
    }

    @Override
    public RunLog create(String runId) throws IOException {
        return new WatchedLog(runId, folder.create(runId));
    }

    @Override
    public RunLog open(String runId) throws IOException {
        return new WatchedLog(runId, folder.open(runId));
    }

    @Override
    public Optional<byte[]> read(String runId) throws IOException {
        return folder.read(runId);
    }

    @Override
    public boolean isTaken(String runId) throws IOException {
        return folder.isTaken(runId);
    }

    @Override
    public List<String> list() throws IOException {
        return folder.list();
    }

    private final class WatchedLog implements RunLog {

        private final String runId;
        private final RunLog log;

        WatchedLog(String runId, RunLog log) {
            this.runId = runId;
            this.log = log;
        }

        @Override
        public void append(long expectedLength, byte[] bytes) throws IOException {
            watcher.before(log, expectedLength, bytes);
            log.append(expectedLength, bytes);
            appends.incrementAndGet();
            watcher.after(runId);
        }

        @Override
        public void sync() throws IOException {
            watcher.syncing();
            syncs.incrementAndGet();
            log.sync();
        }

        @Override
        public void close() throws IOException {
            log.close();
        }
    }
}
