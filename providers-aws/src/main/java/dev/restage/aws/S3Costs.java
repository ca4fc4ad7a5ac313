package dev.restage.aws;

import dev.restage.provider.media.MediaCosts;
import dev.restage.provider.media.MediaObject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts the requests of a sync into S3, and says what they cost, by this machine and by a job. */
final class S3Costs implements MediaCosts {

    /** The most keys of one page and of one DeleteObjects. Source: S3 API reference, read 2026-11. */
    private static final int PAGE = 1000;

    /** What one machine does with the usual 64 copies at once, at 64 ms for each. Our measure, not a promise. */
    private static final int COPIES_PER_SECOND = 1000;

    /** From where on a job is worth its price: one machine would be busy for more than an hour. */
    private static final long SUGGESTED = 5_000_000;

    /** Kinds of requests, as they are billed. */
    enum Request {
        LIST(S3Prices.WRITE),
        COPY(S3Prices.WRITE),
        PUT(S3Prices.WRITE),
        GET(S3Prices.READ),
        HEAD(S3Prices.READ),
        DELETE(0);

        private final double price;

        Request(double price) {
            this.price = price;
        }
    }

    private final boolean inside;
    private final long maxCopyBytes;
    private final Map<Request, Long> requests = new EnumMap<>(Request.class);
    private long copies;
    private long tasks;
    private long passed;

    S3Costs(boolean inside, long maxCopyBytes) {
        this.inside = inside;
        this.maxCopyBytes = maxCopyBytes;
    }

    @Override
    public synchronized void copy(MediaObject object) {
        if (!inside) {
            pass(object);
            return;
        }
        copies++;
        if (object.sizeBytes() == 0) {
            add(Request.HEAD, 1);
            add(Request.COPY, 1);
        } else if (object.sizeBytes() <= maxCopyBytes) {
            tasks++;
            add(Request.COPY, 1);
        } else {
            // A look before and after and the tags, the list of what a broken run has left, begin and end, and a look
            // at the
            // result.
            add(Request.HEAD, 3);
            add(Request.GET, 1);
            add(Request.LIST, 1);
            add(Request.PUT, 2);
            add(Request.COPY, parts(object, S3Multipart.COPIED_PART));
        }
    }

    @Override
    public synchronized void pass(MediaObject object) {
        copies++;
        passed += object.sizeBytes();
        add(Request.GET, 1);
        add(Request.HEAD, 1);
        if (object.sizeBytes() <= maxCopyBytes) {
            add(Request.PUT, 1);
        } else {
            add(Request.LIST, 1);
            add(Request.PUT, 2 + parts(object, S3Multipart.UPLOADED_PART));
        }
    }

    @Override
    public synchronized void look(MediaObject object, long bytes) {
        long forJobs = tasks;
        copy(object);
        // No job can copy what must be looked into before.
        tasks = forJobs;
        passed += bytes;
        add(Request.GET, 1);
    }

    private long parts(MediaObject object, long bytes) {
        return pages(object.sizeBytes(), Math.min(bytes, maxCopyBytes));
    }

    /** By kind, with those that list and delete. */
    synchronized Map<Request, Long> requests(long sourceObjects, long targetObjects, long deletes) {
        Map<Request, Long> all = new EnumMap<>(requests);
        all.merge(
                Request.LIST,
                Math.max(1, pages(sourceObjects, PAGE)) + Math.max(1, pages(targetObjects, PAGE)),
                Long::sum);
        if (deletes > 0) {
            all.merge(Request.DELETE, pages(deletes, PAGE), Long::sum);
        }
        return all;
    }

    @Override
    public synchronized List<String> sentences(long sourceObjects, long targetObjects, long deletes) {
        Map<Request, Long> all = requests(sourceObjects, targetObjects, deletes);
        double money = all.entrySet().stream()
                .mapToDouble(entry -> entry.getKey().price * entry.getValue())
                .sum();
        String kinds = all.entrySet().stream()
                .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
                .collect(Collectors.joining(", "));
        String traffic = passed == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", and up to %.2f USD for %.1f GB that leave Amazon, nothing within the region",
                        passed * S3Prices.BYTE_OUT,
                        passed / 1e9);
        String machine = String.format(
                Locale.ROOT,
                "by this machine: about %s requests, %.2f USD (%s)%s; about %s at %,d copies a second",
                kinds,
                money,
                S3Prices.NOTE,
                traffic,
                time(copies),
                COPIES_PER_SECOND);
        return tasks == 0 ? List.of(machine) : List.of(machine, job(all));
    }

    private String job(Map<Request, Long> all) {
        double surcharge = S3Prices.JOB
                + tasks * S3Prices.TASK
                // The stores are compared before the job, for its manifest, and after it.
                + 2 * all.getOrDefault(Request.LIST, 0L) * S3Prices.WRITE;
        return String.format(
                Locale.ROOT,
                "by a job of S3 Batch Operations: %.2f USD more for %,d objects, some minutes of preparation, and no machine that must run meanwhile; %s",
                surcharge,
                tasks,
                tasks >= SUGGESTED
                        ? "worth it if %s is longer than this machine may run: set bulkFrom".formatted(time(copies))
                        : "worth it from about %,d objects".formatted(SUGGESTED));
    }

    private void add(Request request, long count) {
        requests.merge(request, count, Long::sum);
    }

    private static long pages(long objects, long page) {
        return (objects + page - 1) / page;
    }

    private static String time(long copies) {
        Duration time = Duration.ofSeconds(copies / COPIES_PER_SECOND);
        return time.toHours() > 0
                ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
                : time.toMinutes() > 0 ? "%d min".formatted(time.toMinutes()) : "a minute";
    }
}
