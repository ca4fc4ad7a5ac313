package dev.restage.sandbox;

import dev.restage.sandbox.site.SiteScale;

/**
 * What a sandbox is to hold.
 *
 * @param scale how large the site is
 * @param seed decides every random choice of the generator
 */
public record SandboxOptions(SiteScale scale, long seed) {

    /** {@return a small site, the same every time} */
    public static SandboxOptions standard() {
        return new SandboxOptions(SiteScale.small(), 2026);
    }

    /**
     * {@return these options with another scale}
     * @param newScale how large the site is
     */
    public SandboxOptions withScale(SiteScale newScale) {
        return new SandboxOptions(newScale, seed);
    }

    /**
     * {@return these options with another seed}
     * @param newSeed decides every random choice
     */
    public SandboxOptions withSeed(long newSeed) {
        return new SandboxOptions(scale, newSeed);
    }
}
