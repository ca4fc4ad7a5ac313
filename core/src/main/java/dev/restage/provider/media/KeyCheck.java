package dev.restage.provider.media;

import java.util.Optional;

/**
 * Finds the keys that a store cannot hold, before anything is written. One check hears of all keys that shall lie in the
 * store, once each; it may remember them, so each walk needs a new one. Not for several threads.
 */
public interface KeyCheck {

    /** Takes every key, as a bucket does. */
    KeyCheck NONE = new KeyCheck() {
        @Override
        public Optional<String> problem(String key) {
            return Optional.empty();
        }

        @Override
        public Outcome outcome() {
            return Outcome.FAIL;
        }
    };

    /** What becomes of a sync that meets such keys. */
    enum Outcome {
        /** It fails before anything is written, and says how many there are. */
        FAIL,
        /** It leaves them out, with a warning. */
        SKIP
    }

    /**
     * Checks one key. They come in the order of their UTF-8 bytes, but the order may begin anew.
     *
     * @param key the key in the store
     * @return why the store cannot hold it, or not beside one of the keys before, as a part of a sentence; empty if it can
     */
    Optional<String> problem(String key);

    /** {@return what becomes of a sync that meets such keys} */
    Outcome outcome();

    /** {@return what a person can do about such keys, as a part of a sentence} */
    default String remedy() {
        return "exclude them";
    }
}
