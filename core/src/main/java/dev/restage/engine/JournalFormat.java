package dev.restage.engine;

import dev.restage.provider.PlanException;
import dev.restage.run.Entry;
import dev.restage.run.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A journal as bytes: a JSON line per entry, of which the first names the form. */
final class JournalFormat {

    /** The name of the first entry. Raised when the form changes. */
    static final String VERSION = "journal 1";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private JournalFormat() {}

    static byte[] line(Entry entry) {
        return (MAPPER.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** {@return how many bytes are whole lines} A process that dies while it writes leaves half a line, which says nothing. */
    static int wholeLines(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** {@return what whole lines say; no entries if there are none} */
    static Receipt read(String runId, Object store, byte[] bytes) {
        String text = new String(Arrays.copyOf(bytes, wholeLines(bytes)), StandardCharsets.UTF_8);
        List<Entry> entries = new ArrayList<>();
        // not String.lines(): a carriage return ends no entry
        for (String line : lines(text)) {
            if (entries.isEmpty()) {
                refuseOtherForms(runId, store, line);
            }
            Optional<Entry> entry = entry(line);
            if (entry.isEmpty()) {
                throw damaged(runId, store, entries, "is no entry");
            }
            entries.add(entry.get());
            if (!entry.get().hash().equals(Receipt.hash(before(runId, entries), entry.get()))) {
                entries.remove(entries.size() - 1);
                throw damaged(runId, store, entries, "does not follow from the lines before it");
            }
        }
        return new Receipt(runId, entries);
    }

    private static List<String> lines(String text) {
        return text.isEmpty()
                ? List.of()
                : List.of(text.substring(0, text.length() - 1).split("\n", -1));
    }

    private static String before(String runId, List<Entry> entries) {
        return entries.size() < 2 ? runId : entries.get(entries.size() - 2).hash();
    }

    private static void refuseOtherForms(String runId, Object store, String line) {
        String form;
        try {
            JsonNode first = MAPPER.readTree(line);
            form = first.path("name").asString("");
        } catch (JacksonException e) {
            throw damaged(runId, store, List.of(), "is no entry");
        }
        if (form.startsWith("journal ") && !form.equals(VERSION)) {
            throw new PlanException(
                    "run %s in %s has the form \"%s\" and this library reads \"%s\": use a newer library"
                            .formatted(runId, store, form, VERSION));
        }
    }

    private static PlanException damaged(String runId, Object store, List<Entry> before, String what) {
        String known = before.isEmpty()
                ? "nothing is known of the run"
                : "the lines before it tell the run until "
                        + before.get(before.size() - 1).at();
        return new PlanException(
                ("the journal of run %s in %s was changed or damaged: line %d %s. Resume and undo cannot rely on it, so put it back"
                                + " from a backup of that store; %s. Otherwise look at the target and run the plan anew")
                        .formatted(runId, store, before.size() + 1, what, known));
    }

    private static Optional<Entry> entry(String line) {
        try {
            return Optional.ofNullable(MAPPER.readValue(line, Entry.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
