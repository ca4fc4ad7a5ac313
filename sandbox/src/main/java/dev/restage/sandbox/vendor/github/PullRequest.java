package dev.restage.sandbox.vendor.github;

/**
 * A pull request to be listed by the GitHub stand-in.
 *
 * @param number its number
 * @param title its title
 * @param head the branch that is to be merged
 * @param base the branch to merge into
 * @param state {@code open}, {@code closed} or {@code merged}
 */
public record PullRequest(int number, String title, String head, String base, String state) {}
