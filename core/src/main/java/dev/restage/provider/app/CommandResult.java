package dev.restage.provider.app;

/**
 * How a one-off command ended.
 *
 * @param exitCode its exit status
 * @param output what it wrote to both streams, at most the last megabyte
 */
public record CommandResult(int exitCode, String output) {}
