package dev.restage.engine;

import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.run.Entry;
import dev.restage.run.Receipt;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The record of one run, a JSON line per entry, on disk before {@link #write} returns. Everything else that is known of
 * a run is derived from it.
 */
final class Journal implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final String runId;
    // no FileChannel: that one is closed by the interruption of a thread that writes, and a stopped step writes last
    private final RandomAccessFile file;
    private final Clock clock;
    private final Consumer<Entry> listener;
    private final List<Entry> entries;

    private Journal(String runId, RandomAccessFile file, Clock clock, Consumer<Entry> listener, List<Entry> entries) {
        this.runId = runId;
        this.file = file;
        this.clock = clock;
        this.listener = listener;
        this.entries = entries;
    }

    /** Opens the journal of a run, new or known, to write on. */
    static Journal open(Path directory, String runId, Clock clock, Consumer<Entry> listener) {
        Path path = path(directory, runId);
        try {
            Files.createDirectories(path.getParent());
            List<Entry> known = Files.exists(path) ? read(path) : List.of();
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            int whole = wholeLines(Files.readAllBytes(path));
            file.setLength(whole);
            file.seek(whole);
            return new Journal(runId, file, clock, listener, new ArrayList<>(known));
        } catch (IOException e) {
            throw broken(
                    "the journal " + path + " cannot be written, so nothing was changed: make its folder writable,"
                            + " or name another one in the variable RESTAGE_HOME",
                    Effect.NONE,
                    e);
        }
    }

    /** {@return what is recorded of a run} */
    static Receipt receipt(Path directory, String runId) {
        Path path = path(directory, runId);
        if (!Files.exists(path)) {
            throw new PlanException("there is no run " + runId + " in " + directory + ": look at the ids there");
        }
        try {
            Receipt receipt = new Receipt(runId, read(path));
            if (receipt.entries().isEmpty() || !receipt.intact()) {
                throw new PlanException("the journal " + path + " was changed or damaged, so it cannot be relied on:"
                        + " run the plan anew");
            }
            return receipt;
        } catch (IOException e) {
            throw broken("the journal " + path + " cannot be read: make it readable", Effect.NONE, e);
        }
    }

    synchronized Entry write(Entry.Kind kind, String step, String name, String value) {
        String before = entries.isEmpty() ? "" : entries.get(entries.size() - 1).hash();
        Entry bare = new Entry(
                entries.size() + 1L, clock.instant().truncatedTo(ChronoUnit.MILLIS), kind, step, name, value, "");
        Entry entry = new Entry(bare.number(), bare.at(), kind, step, name, value, Receipt.hash(before, bare));
        try {
            file.write((MAPPER.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            file.getFD().sync();
        } catch (IOException e) {
            throw broken(
                    "the journal of run " + runId + " cannot be written: make room on its disk and resume the run",
                    Effect.UNKNOWN,
                    e);
        }
        entries.add(entry);
        listener.accept(entry);
        return entry;
    }

    synchronized Receipt receipt() {
        return new Receipt(runId, entries);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw broken("the journal of run " + runId + " cannot be closed", Effect.UNKNOWN, e);
        }
    }

    private static Path path(Path directory, String runId) {
        return directory.resolve(runId).resolve("journal.jsonl");
    }

    /** A process that dies while it writes leaves half a line, which says nothing. */
    private static List<Entry> read(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        String text = new String(bytes, 0, wholeLines(bytes), StandardCharsets.UTF_8);
        List<Entry> entries = new ArrayList<>();
        for (String line : text.lines().toList()) {
            entries.add(entry(line)
                    .orElseThrow(() -> new PlanException("the journal " + path + " is damaged at line "
                            + (entries.size() + 1) + ": run the plan anew")));
        }
        return entries;
    }

    private static Optional<Entry> entry(String line) {
        try {
            return Optional.ofNullable(MAPPER.readValue(line, Entry.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** {@return how many bytes are whole lines} Counted in bytes, as half a line may end within a character. */
    private static int wholeLines(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static ProviderException broken(String message, Effect effect, IOException cause) {
        return new ProviderException(ProviderException.Kind.FAILED, message, effect, cause);
    }
}
