package dev.restage.engine;

import dev.restage.plan.Entry;
import dev.restage.plan.Facts;
import dev.restage.plan.Receipt;
import dev.restage.provider.PlanException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The record of one run, a JSON line per entry, on disk before {@link #write} returns. Everything else that is known of
 * a run is derived from it.
 */
final class Journal implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String runId;
    private final FileChannel file;
    private final Clock clock;
    private final Consumer<Entry> listener;
    private final List<Entry> entries;

    private Journal(String runId, FileChannel file, Clock clock, Consumer<Entry> listener, List<Entry> entries) {
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
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.position(channel.size());
            truncateTornLine(channel, path);
            return new Journal(runId, channel, clock, listener, new ArrayList<>(known));
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + path + " cannot be written: make its folder writable", e);
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
            throw new UncheckedIOException("the journal " + path + " cannot be read", e);
        }
    }

    synchronized Entry write(Entry.Kind kind, String step, String name, String value) {
        String before = entries.isEmpty() ? "" : entries.get(entries.size() - 1).hash();
        Entry bare = new Entry(
                entries.size() + 1L, clock.instant().truncatedTo(ChronoUnit.MILLIS), kind, step, name, value, "");
        Entry entry = new Entry(bare.number(), bare.at(), kind, step, name, value, Receipt.hash(before, bare));
        try {
            ByteBuffer line =
                    ByteBuffer.wrap((MAPPER.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                file.write(line);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of run " + runId + " cannot be written: is the disk full?", e);
        }
        entries.add(entry);
        listener.accept(entry);
        return entry;
    }

    synchronized Receipt receipt() {
        return new Receipt(runId, entries);
    }

    synchronized Optional<String> fact(String step, String name) {
        return entries.stream()
                .filter(entry -> entry.kind() == Entry.Kind.FACT)
                .filter(entry -> entry.step().equals(step) && entry.name().equals(name))
                .map(Entry::value)
                .findFirst();
    }

    Facts facts() {
        return receipt().facts();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(Path directory, String runId) {
        return directory.resolve(runId).resolve("journal.jsonl");
    }

    /** A process that dies while it writes leaves half a line, which says nothing. */
    private static List<Entry> read(Path path) throws IOException {
        List<Entry> entries = new ArrayList<>();
        String text = Files.readString(path);
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            try {
                entries.add(MAPPER.readValue(text.substring(from, end), Entry.class));
            } catch (JacksonException e) {
                throw new PlanException(
                        "the journal " + path + " is damaged at line " + (entries.size() + 1) + ": run the plan anew");
            }
            from = end + 1;
        }
        return entries;
    }

    private static void truncateTornLine(FileChannel channel, Path path) throws IOException {
        int whole = Files.readString(path).lastIndexOf('\n') + 1;
        byte[] kept = Files.readString(path).substring(0, whole).getBytes(StandardCharsets.UTF_8);
        channel.truncate(kept.length);
        channel.position(kept.length);
    }
}
