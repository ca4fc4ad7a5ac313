package dev.restage.media;

import dev.restage.provider.MediaObject;
import dev.restage.provider.MediaStore;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Copies objects in parallel. Who submits more than the pool can take copies one itself, so the listings never run far
 * ahead. Goes on after a failed object, but not after many.
 */
final class Copies implements AutoCloseable {

    private static final int MOST_FAILURES = 10;

    /** Whether the target had the key. */
    enum Before {
        ABSENT,
        PRESENT
    }

    private record Failure(String key, RuntimeException cause) {}

    private final MediaStore source;
    private final MediaStore target;
    private final KeyNames names;
    private final Progress progress;
    private final ThreadPoolExecutor pool;
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> goneButAtTarget = new ConcurrentLinkedQueue<>();
    private final AtomicLong gone = new AtomicLong();
    private long objects;
    private long bytes;
    private long totalObjects;
    private long totalBytes;

    Copies(MediaStore source, MediaStore target, KeyNames names, int parallel, Progress progress) {
        this.source = source;
        this.target = target;
        this.names = names;
        this.progress = progress;
        AtomicLong number = new AtomicLong();
        this.pool = new ThreadPoolExecutor(
                parallel,
                parallel,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(parallel),
                task -> {
                    Thread thread = new Thread(task, "restage-media-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    void submit(MediaObject object, Before before) {
        if (failures.size() >= MOST_FAILURES) {
            stop();
            throw failed();
        }
        pool.execute(() -> copy(object, before));
    }

    /** Waits for all copies. */
    void await(long ofObjects, long ofBytes) {
        synchronized (this) {
            totalObjects = ofObjects;
            totalBytes = ofBytes;
            report();
        }
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
    }

    synchronized long objects() {
        return objects;
    }

    synchronized long bytes() {
        return bytes;
    }

    long gone() {
        return gone.get();
    }

    List<String> goneButAtTarget() {
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

    private void copy(MediaObject object, Before before) {
        try {
            Optional<MediaObject> copied = copyAsItIsNow(object);
            if (copied.isPresent()) {
                done(copied.get());
                return;
            }
            gone.incrementAndGet();
            if (before == Before.PRESENT) {
                goneButAtTarget.add(names.at(object.key()));
            }
        } catch (RuntimeException e) {
            failures.add(new Failure(object.key(), e));
        }
    }

    /** Empty if the object is gone at the source. */
    private Optional<MediaObject> copyAsItIsNow(MediaObject object) {
        try {
            return Optional.of(target.copy(source, object, names.at(object.key())));
        } catch (ProviderException e) {
            if (e.kind() != Kind.NOT_FOUND && e.kind() != Kind.CONFLICT) {
                throw e;
            }
            return look(object.key()).map(now -> target.copy(source, now, names.at(now.key())));
        }
    }

    private Optional<MediaObject> look(String key) {
        Iterator<MediaObject> found = source.list(key);
        return found.hasNext()
                ? Optional.of(found.next()).filter(first -> first.key().equals(key))
                : Optional.empty();
    }

    private synchronized void done(MediaObject copied) {
        objects++;
        bytes += copied.sizeBytes();
        report();
    }

    private void report() {
        progress.report(Progress.Unit.OBJECTS, objects, totalObjects);
        progress.report(Progress.Unit.BYTES, bytes, totalBytes);
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
                                first.key(),
                                first.cause().getMessage()),
                effect(),
                first.cause());
    }
}
