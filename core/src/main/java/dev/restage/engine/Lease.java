package dev.restage.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Holder process,
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
                    Holder.of(json.path("process").asString()),
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

    /**
     * A process that holds a lock, and whether it is known to be dead. It is known only to processes that would see it if it
     * lived: those that the same kernel runs, within the same container.
     *
     * @param place the boot of the kernel and the container; empty where that is not known
     * @param pid its number
     * @param startedAt when it began, as numbers come again; milliseconds
     */
    record Holder(String place, long pid, long startedAt) {

        private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
        private static final Path CONTAINER = Path.of("/proc/self/ns/pid");

        static Holder current() {
            ProcessHandle self = ProcessHandle.current();
            return new Holder(here(), self.pid(), started(self));
        }

        static Holder of(String text) {
            String[] parts = text.split(" ", -1);
            try {
                return new Holder(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                return new Holder("", 0, 0);
            }
        }

        String text() {
            return "%s %d %d".formatted(place, pid, startedAt);
        }

        boolean isKnownToBeDead() {
            return !place.isEmpty()
                    && place.equals(here())
                    && ProcessHandle.of(pid)
                            .filter(ProcessHandle::isAlive)
                            .filter(process -> started(process) == startedAt)
                            .isEmpty();
        }

        /** A machine's name would not do: containers of one name do not see each other's processes. */
        private static String here() {
            try {
                return Files.readString(BOOT).strip() + "/" + Files.readSymbolicLink(CONTAINER);
            } catch (IOException | UnsupportedOperationException | SecurityException e) {
                return "";
            }
        }

        private static long started(ProcessHandle process) {
            return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        }

        /** {@return who started this process: {@code user@host}} */
        static String owner() {
            return System.getProperty("user.name") + "@" + host();
        }

        private static String host() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "unknown host";
            }
        }
    }
}
