package dev.restage.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who has a target to himself, as the register of a resource holds it.
 *
 * @param run the run
 * @param owner who started it: {@code user@host}
 * @param purpose the plan's name
 * @param since when it was taken
 * @param beat when its holder was last heard of
 * @param expires until when it is held if its holder is not heard of again
 * @param process the process that holds it
 * @param token tells it from every other one
 */
record Lease(
        String run,
        String owner,
        String purpose,
        Instant since,
        Instant beat,
        Instant expires,
        HolderProcess process,
        String token) {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String FORMAT = "restageLock";

    Lease {
        since = since.truncatedTo(ChronoUnit.MILLIS);
        beat = beat.truncatedTo(ChronoUnit.MILLIS);
        expires = expires.truncatedTo(ChronoUnit.MILLIS);
    }

    Lease renewed(Instant now, Instant until) {
        return new Lease(run, owner, purpose, since, now, until, process, token);
    }

    boolean isSameAs(Lease other) {
        return token.equals(other.token);
    }

    String text() {
        ObjectNode json = JSON.createObjectNode();
        json.put(FORMAT, 1);
        json.put("run", run);
        json.put("owner", owner);
        json.put("purpose", purpose);
        json.put("since", since.toString());
        json.put("beat", beat.toString());
        json.put("expires", expires.toString());
        json.put("process", process.text());
        json.put("token", token);
        return JSON.writeValueAsString(json);
    }

    /** {@return what a register holds; empty if that is not one of ours} */
    static Optional<Lease> of(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.path(FORMAT).asInt(0) != 1) {
                return Optional.empty();
            }
            return Optional.of(new Lease(
                    json.path("run").asString(),
                    json.path("owner").asString(),
                    json.path("purpose").asString(),
                    Instant.parse(json.path("since").asString()),
                    Instant.parse(json.path("beat").asString()),
                    Instant.parse(json.path("expires").asString()),
                    HolderProcess.of(json.path("process").asString()),
                    json.path("token").asString()));
        } catch (JacksonException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Who holds it since when, for people. */
    String holder() {
        return "%s since %s (run %s of \"%s\", last heard of at %s)"
                .formatted(owner, seconds(since), run, purpose, seconds(beat));
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
