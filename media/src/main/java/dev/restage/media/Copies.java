package dev.restage.media;

import com.google.common.util.concurrent.RateLimiter;
import dev.restage.media.internal.transfer.CopyProgress;
import dev.restage.media.internal.transfer.Metered;
import dev.restage.media.internal.transfer.NameTaken;
import dev.restage.media.internal.transfer.Pace;
import dev.restage.media.internal.transfer.Trash;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Copies objects in parallel. Who submits more than the pool can take copies one itself, so the listings never run far
 * ahead. Goes on after a failed object, but not after many.
 */
final class Copies implements AutoCloseable {

    private static final int MOST_FAILURES = 10;

    /** How often an object is tried that the stores cannot take now, with ever longer pauses: about a minute in all. */
    private static final int ATTEMPTS = 8;

    private static final long FIRST_PAUSE_MS = 250;

    /** How often an object is looked at again that changes whenever it is copied. */
    private static final int CHANGES = 5;

    /** More than these fail as other copies do. */
    private static final int MOST_BLOCKED = 10_000;

    private record Failure(String key, RuntimeException cause) {}

    private record Blocked(MediaObject object, @Nullable MediaObject before) {}

    private final MediaStore source;
    private final MediaStore target;
    private final MediaSyncOptions options;
    private final KeyNames names;
    private final MediaJournal journal;
    private final Filtering filtering;
    private final @Nullable Trash trash;
    private final CopyProgress progress;
    private final Filtering.Way way;
    private final @Nullable RateLimiter requests;
    private final Pace pace;
    private final ThreadPoolExecutor pool;
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final Queue<MediaObject> goneButAtTarget = new ConcurrentLinkedQueue<>();
    private final Queue<Blocked> blocked = new ConcurrentLinkedQueue<>();
    private final AtomicLong gone = new AtomicLong();

    Copies(
            MediaStore source,
            MediaStore target,
            MediaSyncOptions options,
            KeyNames names,
            MediaJournal journal,
            Filtering filtering,
            @Nullable Trash trash,
            Progress progress) {
        this.source = source;
        this.target = target;
        this.options = options;
        this.names = names;
        this.journal = journal;
        this.filtering = filtering;
        this.trash = trash;
        boolean inside = target.copiesInside(source);
        this.progress = new CopyProgress(progress, !inside);
        MediaStore passing = new Metered(
                source,
                options.bytesPerSecond() > 0 ? RateLimiter.create(options.bytesPerSecond()) : null,
                this.progress::passed);
        this.way = new Filtering.Way(inside ? source : passing, passing, target, options.keep());
        this.requests = options.requestsPerSecond() > 0 ? RateLimiter.create(options.requestsPerSecond()) : null;
        this.pace = new Pace(options.parallelCopies());
        AtomicLong number = new AtomicLong();
        this.pool = new ThreadPoolExecutor(
                options.parallelCopies(),
                options.parallelCopies(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(2 * options.parallelCopies()),
                task -> {
                    Thread thread = new Thread(task, "restage-media-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /**
     * Copies an object some time from now.
     *
     * @param object the object as the source listed it
     * @param before what the target has under the key; null if nothing
     */
    void submit(MediaObject object, @Nullable MediaObject before) {
        if (failures.size() >= MOST_FAILURES) {
            stop();
            throw failed();
        }
        pool.execute(() -> copy(object, before, options.surplus() == MediaSyncOptions.Surplus.DELETE));
    }

    /** Waits for all copies. */
    void await(long ofObjects, long ofBytes) {
        progress.total(ofObjects, ofBytes);
        pool.shutdown();
        try {
            pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(
                    Kind.FAILED,
                    "the copy to %s was interrupted; nothing was deleted; run again to go on"
                            .formatted(target.identity()),
                    effect(),
                    e);
        }
        if (!failures.isEmpty()) {
            throw failed();
        }
        filtering.checkNoneRefused(target, effect());
    }

    /** Hears of an object that the target has already. */
    void same(MediaObject object) {
        filtering.same(object, names.at(object.key()));
    }

    FilterReport filtered() {
        return filtering.report();
    }

    /** Copies what had no room before the deletions: a file whose name was a directory's, and the other way round. */
    void copyBlocked() {
        List<Blocked> waiting = List.copyOf(blocked);
        blocked.clear();
        for (Blocked copy : waiting) {
            copy(copy.object(), copy.before(), false);
        }
        if (!failures.isEmpty()) {
            throw failed();
        }
    }

    long objects() {
        return progress.objects();
    }

    long bytes() {
        return progress.bytes();
    }

    long gone() {
        return gone.get();
    }

    /** What the target has of objects that had gone from the source when it was their turn. */
    List<MediaObject> goneButAtTarget() {
        return List.copyOf(goneButAtTarget);
    }

    RestageException.Effect effect() {
        return objects() > 0 ? RestageException.Effect.SOME : RestageException.Effect.UNKNOWN;
    }

    /** Lets running copies end and drops the rest. */
    @Override
    public void close() {
        stop();
    }

    private void stop() {
        boolean interrupted = Thread.interrupted();
        pool.shutdown();
        pool.getQueue().clear();
        if (interrupted) {
            pool.shutdownNow();
        }
        try {
            pool.awaitTermination(1, TimeUnit.HOURS);
        } catch (InterruptedException e) {
            interrupted = true;
            pool.shutdownNow();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(MediaObject object, @Nullable MediaObject before, boolean mayWait) {
        try {
            if (before != null && trash != null && filtering.mayKeep(object, before)) {
                insist(() -> {
                    trash.keep(before);
                    return before;
                });
            }
            Optional<MediaObject> copied = copyAsItIsNow(object, before);
            if (copied.isPresent()) {
                progress.done(copied.get());
                return;
            }
            gone.incrementAndGet();
            if (before != null) {
                goneButAtTarget.add(before);
            }
        } catch (Filtering.RefusedException e) {
            // The filter has noted it: all others are copied first.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add(new Failure(object.key(), new IllegalStateException("interrupted", e)));
        } catch (RuntimeException e) {
            if (mayWait && e.getCause() instanceof NameTaken && blocked.size() < MOST_BLOCKED) {
                blocked.add(new Blocked(object, before));
            } else {
                failures.add(new Failure(object.key(), e));
            }
        }
    }

    /** Empty if the object is gone at the source. */
    private Optional<MediaObject> copyAsItIsNow(MediaObject listed, @Nullable MediaObject before)
            throws InterruptedException {
        Optional<MediaObject> next = Optional.of(listed);
        for (int changes = 0; next.isPresent(); changes++) {
            MediaObject object = next.get();
            try {
                return Optional.of(insist(() -> copyNow(object, before)));
            } catch (ProviderException e) {
                if ((e.kind() != Kind.NOT_FOUND && e.kind() != Kind.CONFLICT) || changes == CHANGES) {
                    throw e;
                }
                next = look(object.key());
            }
        }
        return Optional.empty();
    }

    private MediaObject copyNow(MediaObject object, @Nullable MediaObject before) {
        String key = names.at(object.key());
        if (before == null && trash != null) {
            journal.adding(trash.run(), key);
        }
        return filtering.copy(way, object, before, key);
    }

    private interface Call {
        MediaObject run();
    }

    /** Tries again what the stores cannot take now, with fewer copies at once if they ask for that. */
    private MediaObject insist(Call call) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            pace.begin();
            try {
                if (requests != null) {
                    requests.acquire();
                }
                return call.run();
            } catch (ProviderException e) {
                if (e.kind() == Kind.THROTTLED) {
                    pace.slowDown();
                } else if (e.kind() != Kind.UNAVAILABLE) {
                    throw e;
                }
                if (attempt == ATTEMPTS || failures.size() >= MOST_FAILURES) {
                    throw e;
                }
            } finally {
                pace.end();
            }
            long pause = FIRST_PAUSE_MS << attempt;
            Thread.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause));
        }
    }

    private Optional<MediaObject> look(String key) {
        Iterator<MediaObject> found = source.list(new KeyRange(key, "", key + '\0'));
        return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
    }

    private ProviderException failed() {
        Failure first = failures.element();
        Kind kind = first.cause() instanceof ProviderException failure ? failure.kind() : Kind.FAILED;
        return new ProviderException(
                kind,
                "%d objects could not be copied from %s to %s, for example %s: %s; nothing was deleted; run again to go on"
                        .formatted(
                                failures.size(),
                                source.identity(),
                                target.identity(),
                                MediaObject.shown(first.key()),
                                first.cause().getMessage()),
                effect(),
                first.cause());
    }
}
