package dev.restage.heroku;

import dev.restage.http.Json;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One backup, restore or copy as the Data API tells of it. */
record Transfer(Json json) {

    /** What tells one transfer from others, and what it was. Source: recorded answers of November 2025. */
    private static final List<String> ALWAYS = List.of("uuid", "num", "from_type", "to_type", "created_at");

    /** {@code 2026-01-02 03:04:05 +0000}: a blank where ISO 8601 has a T. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx", Locale.ROOT);

    /**
     * Insists on what decides something: a transfer without it would run for ever, or be none of this database's.
     *
     * @throws dev.restage.provider.ProviderException {@code UNAVAILABLE} if a member is missing
     */
    Transfer {
        ALWAYS.forEach(json::required);
        json.requiredNumber("num");
        time(json, "created_at");
        if (json.at("finished_at").find().isPresent()) {
            json.requiredFlag("succeeded");
            json.requiredNumber("warnings");
        }
    }

    String uuid() {
        return json.text("uuid");
    }

    long number() {
        return json.requiredNumber("num");
    }

    boolean isBackup() {
        return json.text("from_type").equals("pg_dump") && json.text("to_type").equals("gof3r");
    }

    /** A restore of a backup, or a copy from another database. */
    boolean fills() {
        return json.text("to_type").equals("pg_restore");
    }

    boolean isFinished() {
        return time("finished_at").isPresent() || time("canceled_at").isPresent();
    }

    boolean succeeded() {
        return time("finished_at").isPresent() && json.flag("succeeded");
    }

    /** Whether it can be restored: done well, and not deleted since. */
    boolean isUsable() {
        return isBackup()
                && succeeded()
                && time("deleted_at").isEmpty()
                && time("purged_at").isEmpty();
    }

    /** Why it cannot be restored, as the end of a sentence; empty if it can. */
    Optional<String> obstacle() {
        if (!isBackup()) {
            return Optional.of("is no backup");
        }
        if (!isFinished()) {
            return Optional.of("has not ended yet");
        }
        if (!succeeded()) {
            return Optional.of(time("canceled_at").isPresent() ? "was canceled" : "failed");
        }
        return isUsable() ? Optional.empty() : Optional.of("was deleted");
    }

    Instant createdAt() {
        return time("created_at").orElseThrow();
    }

    Instant finishedAt() {
        return time("finished_at").or(() -> time("canceled_at")).orElse(createdAt());
    }

    private Optional<Instant> time(String member) {
        return time(json, member);
    }

    private static Optional<Instant> time(Json json, String member) {
        try {
            return json.at(member)
                    .find()
                    .map(text -> text.contains("T")
                            ? OffsetDateTime.parse(text).toInstant()
                            : OffsetDateTime.parse(text, TIME).toInstant());
        } catch (DateTimeParseException e) {
            throw json.notUnderstood("has no time as \"" + member + "\"");
        }
    }

    /** The name that Heroku's own client shows: {@code b001}, or {@code a001} for a scheduled backup. */
    SnapshotId id(String app) {
        String letter = json.at("schedule").isObject() ? "a" : "b";
        return new SnapshotId("%s::%s%03d".formatted(app, letter, number()));
    }

    Snapshot snapshot(String app) {
        return new Snapshot(id(app), finishedAt(), json.number("processed_bytes"));
    }
}
