package dev.restage.run;

import dev.restage.plan.Facts;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run did: its journal, hash-chained, and what follows from it.
 *
 * @param runId the run, for resume and undo
 * @param entries the journal, first entry first
 */
public record Receipt(String runId, List<Entry> entries) {

    /**
     * Copies the entries.
     *
     * @param runId the run, for resume and undo
     * @param entries the journal, first entry first
     */
    public Receipt {
        entries = List.copyOf(entries);
    }

    /** {@return the plan that was run} */
    public ResetPlan plan() {
        return approved().plan();
    }

    /** {@return what was approved when the run began, and is done by each attempt} */
    public PlanPreview approved() {
        return PlanPreview.fromJson(entries.get(0).value());
    }

    /** {@return whether the run, as far as it is recorded, ended well} */
    public boolean succeeded() {
        return !entries.isEmpty() && entries.get(entries.size() - 1).kind() == Entry.Kind.RUN_DONE;
    }

    /** {@return when the run first began} */
    public Instant startedAt() {
        return entries.get(0).at();
    }

    /** {@return when the last entry was written} */
    public Instant endedAt() {
        return entries.get(entries.size() - 1).at();
    }

    /** {@return all facts; of several attempts the last word on each, and the sum of what counts work} */
    public Facts facts() {
        Map<String, Map<String, String>> byStep = new TreeMap<>();
        for (Entry entry : entries) {
            Map<String, String> facts = byStep.computeIfAbsent(entry.step(), step -> new TreeMap<>());
            if (entry.kind() == Entry.Kind.FACT) {
                facts.put(entry.name(), entry.value());
            } else if (entry.kind() == Entry.Kind.COUNT) {
                facts.merge(entry.name(), entry.value(), Facts::sum);
            }
        }
        byStep.values().removeIf(Map::isEmpty);
        return new Facts(byStep);
    }

    /**
     * {@return what a step has kept, for undoing or to be found again; the first word counts}
     *
     * @param step the step
     * @param name the name of what is kept
     */
    public Optional<String> kept(String step, String name) {
        return entries.stream()
                .filter(entry -> entry.kind() == Entry.Kind.KEPT)
                .filter(entry -> entry.step().equals(step) && entry.name().equals(name))
                .map(Entry::value)
                .findFirst();
    }

    /** {@return what became of each step that was reached, in the order in which they began} */
    public List<StepRecord> steps() {
        Map<String, StepRecord> records = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (!entry.step().isEmpty()) {
                StepRecord before = records.getOrDefault(entry.step(), StepRecord.begun(entry));
                records.put(entry.step(), before.with(entry));
            }
        }
        return List.copyOf(records.values());
    }

    /** {@return how each step that was reached stands, by its name} */
    public Map<String, StepRecord.Outcome> outcomes() {
        Map<String, StepRecord.Outcome> outcomes = new TreeMap<>();
        steps().forEach(step -> outcomes.put(step.name(), step.outcome()));
        return outcomes;
    }

    /** {@return all warnings: those of steps each as {@code step: message}} */
    public List<String> warnings() {
        return entries.stream()
                .filter(entry -> entry.kind() == Entry.Kind.WARNING)
                .map(entry -> entry.step().isEmpty() ? entry.value() : entry.step() + ": " + entry.value())
                .toList();
    }

    /** How far a receipt can be relied on. */
    public enum Condition {
        /** Nothing was changed, and it ends as a run ends. */
        WHOLE,
        /**
         * Nothing was changed, but the end is missing: the run is going on, or died, or somebody has cut the receipt off. The journal of a run
         * that died has no end until it is resumed or undone; of a run that ended well it has one.
         */
        UNFINISHED,
        /** Something was changed, taken out or put in, or it is another run's. */
        DAMAGED
    }

    /**
     * {@return whether the chain of hashes is whole and ends as a run ends} A receipt that was cut off where an earlier attempt of
     * its run had ended is the true receipt of that attempt, and whole.
     */
    public Condition condition() {
        String before = runId;
        for (Entry entry : entries) {
            if (!entry.hash().equals(hash(before, entry))) {
                return Condition.DAMAGED;
            }
            before = entry.hash();
        }
        return !entries.isEmpty() && entries.get(entries.size() - 1).kind().endsARun()
                ? Condition.WHOLE
                : Condition.UNFINISHED;
    }

    /** {@return whether this is the receipt of a run to its end, unchanged: {@link Condition#WHOLE}} */
    public boolean intact() {
        return condition() == Condition.WHOLE;
    }

    /** {@return the receipt as JSON, for {@link #fromJson}} */
    public String toJson() {
        return ReceiptFormat.write(this);
    }

    /**
     * Reads a receipt.
     *
     * @param json what {@link #toJson} wrote
     * @return the receipt
     */
    public static Receipt fromJson(String json) {
        return ReceiptFormat.read(json);
    }

    /**
     * Hashes an entry.
     *
     * @param before the hash of the entry before; the run's id for the first, so that no other run's journal passes for this one's
     * @param entry the entry, whose own hash does not count
     * @return SHA-256 in hexadecimal
     */
    public static String hash(String before, Entry entry) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(
                    before,
                    Long.toString(entry.number()),
                    entry.at().toString(),
                    entry.kind().name(),
                    entry.step(),
                    entry.name(),
                    entry.value())) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // the length first, so that moving text between two parts changes the hash
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
