package dev.restage.run;

import java.time.Instant;

/**
 * One line of a run's journal. Each entry's hash covers the entry and the hash before it, so none can be changed, taken
 * out or put in between unseen.
 *
 * @param number counts from 1
 * @param at when it was written
 * @param kind what happened
 * @param step the step it is about; empty if it is about the run
 * @param name the fact's name; the form of the journal for the first entry; empty for others
 * @param value the fact's value, the warning, the error, or what the kind says
 * @param hash SHA-256 in hexadecimal over the hash before and the other components
 */
public record Entry(long number, Instant at, Kind kind, String step, String name, String value, String hash) {

    /** What happened. */
    public enum Kind {
        /** The run began; the value is what was approved, a preview as JSON. */
        RUN_STARTED,
        /** The run went on after a failure or a crash. */
        RUN_RESUMED,
        /** A step began, or a bracket was opened. */
        STEP_STARTED,
        /** A step recorded a fact. */
        FACT,
        /** A step did some of its work; the value is a number, to be added to the fact of that name. */
        COUNT,
        /** A step kept what undoing needs, or what it has started. */
        KEPT,
        /** A step warned. */
        WARNING,
        /** A step ended well and its post-condition holds. */
        STEP_DONE,
        /** A resumed run found a step done already. */
        STEP_SKIPPED,
        /** A step failed; the value is the message. */
        STEP_FAILED,
        /** A step could not begin because one that it depends on had failed; the value names it. */
        STEP_BLOCKED,
        /** A bracket was closed: what it held is as it was before. */
        BRACKET_ENDED,
        /** A bracket stays open; the value says why. */
        BRACKET_LEFT,
        /** A step was undone. */
        STEP_UNDONE,
        /** There was nothing of a step to undo. */
        STEP_UNCHANGED,
        /** A step changed something that cannot be undone; the value says why. */
        STEP_IRREVERSIBLE,
        /** The run ended well. */
        RUN_DONE,
        /** The run failed. */
        RUN_FAILED,
        /** What the run had changed was put back. */
        RUN_UNDONE;

        /** {@return whether a run, or its undo, ends with such an entry} */
        public boolean endsARun() {
            return this == RUN_DONE || this == RUN_FAILED || this == RUN_UNDONE;
        }
    }
}
