package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.Ids;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A capture, restore or copy of the Data API, from pending to finished. */
final class Transfer {

    /** The data host's own form: a blank instead of T, a blank before the offset. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z").withZone(ZoneOffset.UTC);

    private final String uuid = UUID.randomUUID().toString();
    private final Instant createdAt = Instant.now();
    private final HostedApp app;
    private final int number;
    private final End from;
    private final End to;
    private final List<Map<String, @Nullable Object>> log = new ArrayList<>();
    private @Nullable Instant startedAt;
    private @Nullable Instant updatedAt;
    private @Nullable Instant canceledAt;
    private @Nullable Instant finishedAt;
    private @Nullable Instant deletedAt;
    private @Nullable Boolean succeeded;
    private @Nullable Long sourceBytes;
    private long processedBytes;

    Transfer(HostedApp app, int number, End from, End to) {
        this.app = app;
        this.number = number;
        this.from = from;
        this.to = to;
    }

    /** Where data comes from or goes to, as {@code DATABASE, pg_dump, postgres://…}. */
    record End(String name, String type, String url) {}

    static String time(Instant at) {
        return TIME.format(at);
    }

    HostedApp app() {
        return app;
    }

    boolean isNamed(String numberOrUuid) {
        return uuid.equals(numberOrUuid) || String.valueOf(number).equals(numberOrUuid);
    }

    /** The name that Heroku's own client shows. */
    String name() {
        return "%s%03d".formatted(isScheduled() ? "a" : "b", number);
    }

    private boolean isScheduled() {
        return to.name().startsWith("SCHEDULED");
    }

    String toUrl() {
        return to.url();
    }

    synchronized boolean unfinished() {
        return finishedAt == null;
    }

    synchronized void start(long bytes) {
        startedAt = Instant.now();
        updatedAt = startedAt;
        sourceBytes = bytes;
        processedBytes = bytes / 8;
        note("info", "starting " + from.type() + " to " + to.type());
    }

    synchronized void finish() {
        if (finishedAt == null) {
            processedBytes = sourceBytes == null ? 0 : sourceBytes / 4;
            end(true);
            note("info", "finished");
        }
    }

    synchronized void fail(String why) {
        if (finishedAt == null) {
            note("error", why);
            end(false);
        }
    }

    /** {@return false if it had ended already} */
    synchronized boolean cancel() {
        if (finishedAt != null) {
            return false;
        }
        note("info", "canceled");
        end(false);
        canceledAt = finishedAt;
        return true;
    }

    synchronized void delete() {
        deletedAt = Instant.now();
    }

    private void end(boolean well) {
        finishedAt = Instant.now();
        updatedAt = finishedAt;
        succeeded = well;
    }

    private void note(String level, String message) {
        log.add(Json.of("created_at", time(Instant.now()), "level", level, "message", message));
    }

    synchronized Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = Json.of(
                "uuid", uuid,
                "num", number,
                "from_name", from.name(),
                "from_type", from.type(),
                "from_url", from.url(),
                "to_name", to.name(),
                "to_type", to.type(),
                "to_url", to.url(),
                "options", Json.of(),
                "source_bytes", sourceBytes,
                "processed_bytes", processedBytes,
                "succeeded", succeeded,
                "warnings", 0,
                "created_at", time(createdAt),
                "started_at", maybe(startedAt),
                "canceled_at", maybe(canceledAt),
                "updated_at", maybe(updatedAt),
                "finished_at", maybe(finishedAt),
                "deleted_at", maybe(deletedAt),
                "purged_at", null,
                "num_keep", to.type().equals("gof3r") ? 25 : 5);
        if (isScheduled()) {
            json.put("schedule", Json.of("uuid", Ids.uuid("schedule of " + app.name())));
        }
        return json;
    }

    synchronized Map<String, @Nullable Object> verboseJson() {
        Map<String, @Nullable Object> json = json();
        json.put("logs", List.copyOf(log));
        return json;
    }

    private static @Nullable String maybe(@Nullable Instant at) {
        return at == null ? null : time(at);
    }
}
