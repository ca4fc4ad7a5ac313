package dev.restage.engine;

import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.run.Entry;
import dev.restage.run.Receipt;
import dev.restage.run.RunId;
import dev.restage.store.RunLog;
import dev.restage.store.RunStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The record of one run. Everything else that is known of a run is derived from it.
 *
 * <p>What must be known before an act is {@link #write written}: it outlives the machine when that returns, and threads that wait for the
 * disk together wait once. What tells of something that is over is {@link #note noted}: it outlives the process, and the machine with the
 * next entry that is written, so a machine that dies may forget the last notes, never something before a written entry.
 *
 * <p>After a failure nothing more can be written: what came behind a gap could not be relied on.
 */
final class Journal implements AutoCloseable {

    private final String runId;
    private final RunStore store;
    private final RunLog log;
    private final Clock clock;
    private final Consumer<Entry> listener;
    private final List<Entry> entries;
    private final Object syncing = new Object();
    private long length;
    private long synced;
    private @Nullable ProviderException failure;

    private Journal(
            String runId,
            RunStore store,
            RunLog log,
            Clock clock,
            Consumer<Entry> listener,
            Receipt known,
            long length) {
        this.runId = runId;
        this.store = store;
        this.log = log;
        this.clock = clock;
        this.listener = listener;
        this.entries = new ArrayList<>(known.entries());
        this.length = length;
        this.synced = entries.size();
    }

    /** Makes the journal of a new run. */
    static Journal create(RunStore store, String runId, Clock clock, Consumer<Entry> listener) {
        try {
            RunLog log = store.create(RunId.checked(runId));
            return new Journal(runId, store, log, clock, listener, new Receipt(runId, List.of()), 0);
        } catch (IOException e) {
            throw unwritable(runId, store, e);
        }
    }

    /** Opens the journal of a known run, to write on. */
    static Journal open(RunStore store, String runId, Clock clock, Consumer<Entry> listener) {
        try {
            RunLog log = store.open(RunId.checked(runId));
            boolean well = false;
            try {
                // read when nobody else can write any more
                byte[] bytes = store.read(runId).orElseThrow(() -> new IOException("it is gone"));
                Receipt known = JournalFormat.read(runId, store, bytes);
                well = true;
                return new Journal(runId, store, log, clock, listener, known, JournalFormat.wholeLines(bytes));
            } finally {
                if (!well) {
                    log.close();
                }
            }
        } catch (IOException e) {
            throw unwritable(runId, store, e);
        }
    }

    /** {@return what is recorded of a run} */
    static Receipt receipt(RunStore store, String runId) {
        RunId.checked(runId);
        try {
            byte[] bytes = store.read(runId)
                    .orElseThrow(() -> new PlanException("there is no run " + runId + " in " + store
                            + ": look at the ids there, which runs() lists"));
            Receipt receipt = JournalFormat.read(runId, store, bytes);
            if (receipt.entries().isEmpty()) {
                throw new PlanException("the journal of run " + runId + " in " + store
                        + " is empty: it died before it began, so nothing was changed; run the plan anew");
            }
            return receipt;
        } catch (IOException e) {
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "the journal of run " + runId + " in " + store + " cannot be read: make it readable",
                    Effect.NONE,
                    e);
        }
    }

    /** Records what must be known whatever happens next. */
    Entry write(Entry.Kind kind, String step, String name, String value) {
        Entry entry = append(kind, step, name, value);
        syncTo(entry.number());
        return entry;
    }

    /** Records what is over. */
    Entry note(Entry.Kind kind, String step, String name, String value) {
        return append(kind, step, name, value);
    }

    /** Records how something ended, if that can still be recorded: where not, {@link #failure} says so already. */
    void tryWrite(Entry.Kind kind, String step, String name, String value) {
        try {
            write(kind, step, name, value);
        } catch (ProviderException e) {
            if (failure().isEmpty()) {
                throw e;
            }
        }
    }

    /** {@return why nothing can be written any more; empty if it can} */
    synchronized Optional<ProviderException> failure() {
        return Optional.ofNullable(failure);
    }

    private synchronized Entry append(Entry.Kind kind, String step, String name, String value) {
        refuseAfterFailure();
        String before =
                entries.isEmpty() ? runId : entries.get(entries.size() - 1).hash();
        String named = entries.isEmpty() && name.isEmpty() ? JournalFormat.VERSION : name;
        Entry bare = new Entry(entries.size() + 1L, now(), kind, step, named, value, "");
        Entry entry = new Entry(bare.number(), bare.at(), kind, step, named, value, Receipt.hash(before, bare));
        byte[] line = JournalFormat.line(entry);
        try {
            log.append(length, line);
        } catch (IOException e) {
            throw broken(e);
        }
        length += line.length;
        entries.add(entry);
        listener.accept(entry);
        return entry;
    }

    /** Entries stay in order, also if somebody sets the clock back. */
    private Instant now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant last = entries.isEmpty() ? now : entries.get(entries.size() - 1).at();
        return now.isBefore(last) ? last : now;
    }

    /** Whoever comes while another waits for the disk waits for its turn, and mostly finds that the next turn had its entry too. */
    private void syncTo(long number) {
        synchronized (syncing) {
            if (synced >= number) {
                return;
            }
            long appended = appended();
            try {
                log.sync();
            } catch (IOException e) {
                throw broken(e);
            }
            synced = appended;
        }
    }

    private synchronized long appended() {
        refuseAfterFailure();
        return entries.size();
    }

    private void refuseAfterFailure() {
        ProviderException before = failure;
        if (before != null) {
            throw new ProviderException(
                    ProviderException.Kind.FAILED, String.valueOf(before.getMessage()), Effect.UNKNOWN, before);
        }
    }

    private synchronized ProviderException broken(IOException cause) {
        ProviderException thrown = new ProviderException(
                ProviderException.Kind.FAILED,
                "the journal of run %s cannot be written, so no step goes on: make room on its disk, %s, or repair it, and resume the run (%s)"
                        .formatted(runId, store, sentence(cause)),
                Effect.UNKNOWN,
                cause);
        failure = thrown;
        return thrown;
    }

    private static String sentence(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static ProviderException unwritable(String runId, RunStore store, IOException cause) {
        return new ProviderException(
                ProviderException.Kind.FAILED,
                ("the journal of run %s in %s cannot be written, so nothing was changed: make its folder writable,"
                                + " or name another one in the variable RESTAGE_HOME (%s)")
                        .formatted(runId, store, sentence(cause)),
                Effect.NONE,
                cause);
    }

    synchronized Receipt receipt() {
        return new Receipt(runId, entries);
    }

    /** Brings the last notes to the disk and lets others have the journal. */
    @Override
    public void close() {
        try (log) {
            if (failure().isEmpty()) {
                syncTo(appended());
            }
        } catch (IOException e) {
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "the journal of run " + runId + " in " + store + " cannot be closed: look at its disk",
                    Effect.UNKNOWN,
                    e);
        }
    }
}
