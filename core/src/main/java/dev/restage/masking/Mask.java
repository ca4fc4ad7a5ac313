package dev.restage.masking;

/** What happens to a value. */
public sealed interface Mask permits Mask.Keep {

    /** The value holds no personal data, or is meant to stay. */
    record Keep() implements Mask {}
}
