package dev.restage.provider;

import dev.restage.masking.MaskingPolicy;

/**
 * How a database is copied.
 *
 * @param policy what is masked on the way, and which tables are copied without their rows
 * @param key makes masked values the same in every table and run; whoever has it can test guesses of a masked value
 */
public record CopyOptions(MaskingPolicy policy, Secret key) {}
