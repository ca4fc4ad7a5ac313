package dev.restage.plan;

import dev.restage.provider.Address;

/**
 * One thing that a step would change.
 *
 * @param target the resource that changes
 * @param what what happens to it, as the end of the sentence "the resource will ...", with real figures
 */
public record Change(Address target, String what) {

    @Override
    public String toString() {
        return target + " will " + what;
    }
}
