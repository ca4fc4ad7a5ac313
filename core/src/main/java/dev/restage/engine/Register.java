package dev.restage.engine;

import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.run.Entry;
import dev.restage.run.Receipt;
import dev.restage.run.RunInfo;
import dev.restage.run.RunState;
import dev.restage.store.RunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells how the runs of a store stand. */
final class Register {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final RunStore store;

    Register(RunStore store) {
        this.store = store;
    }

    /** {@return all runs, the first one first} A damaged journal hides no other. */
    List<RunInfo> runs() {
        try {
            List<RunInfo> runs = new ArrayList<>();
            for (String id : store.list()) {
                info(id).ifPresent(runs::add);
            }
            return runs;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** {@return what is recorded of a run so far; no entries if it has not begun} */
    Receipt receiptSoFar(String runId) {
        try {
            return store.read(runId)
                    .map(bytes -> JournalFormat.read(runId, store, bytes))
                    .orElseGet(() -> new Receipt(runId, List.of()));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Optional<RunInfo> info(String id) throws IOException {
        Optional<byte[]> bytes = store.read(id);
        if (bytes.isEmpty()) {
            // taken away since it was listed
            return Optional.empty();
        }
        boolean taken = store.isTaken(id);
        try {
            Receipt receipt = JournalFormat.read(id, store, bytes.get());
            if (receipt.entries().isEmpty()) {
                return Optional.of(unknown(id, taken ? RunState.RUNNING : RunState.STOPPED));
            }
            JsonNode plan = plan(receipt);
            RunState state = taken ? RunState.RUNNING : state(receipt);
            boolean ended = receipt.condition() == Receipt.Condition.WHOLE && !taken;
            return Optional.of(new RunInfo(
                    id,
                    plan.path("name").asString(""),
                    plan.path("target").path("name").asString(""),
                    receipt.startedAt(),
                    state,
                    ended ? receipt.endedAt() : null));
        } catch (PlanException e) {
            return Optional.of(unknown(id, RunState.DAMAGED));
        }
    }

    private static RunInfo unknown(String id, RunState state) {
        return new RunInfo(id, "", "", null, state, null);
    }

    /** Not as a plan: a step's type may be gone since. */
    private static JsonNode plan(Receipt receipt) {
        try {
            return MAPPER.readTree(receipt.entries().get(0).value()).path("plan");
        } catch (JacksonException e) {
            return MAPPER.createObjectNode();
        }
    }

    static RunState state(Receipt receipt) {
        List<Entry> entries = receipt.entries();
        if (entries.isEmpty()) {
            return RunState.FAILED;
        }
        Entry.Kind last = entries.get(entries.size() - 1).kind();
        return switch (last) {
            case RUN_DONE -> RunState.DONE;
            case RUN_FAILED -> RunState.FAILED;
            case RUN_UNDONE -> RunState.UNDONE;
            default -> RunState.STOPPED;
        };
    }

    private ProviderException unreadable(IOException e) {
        return new ProviderException(
                ProviderException.Kind.FAILED,
                "the runs in " + store + " cannot be read: make them readable",
                Effect.NONE,
                e);
    }
}
