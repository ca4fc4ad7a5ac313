package dev.restage.git;

import dev.restage.provider.Secret;

/**
 * How to log in to a git server.
 *
 * @param user the name to log in with
 * @param password the password or token
 * @param from where the password comes from, for messages: "the variable GITHUB_TOKEN"
 */
public record GitLogin(String user, Secret password, String from) {}
