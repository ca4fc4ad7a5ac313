package dev.restage.provider;

/**
 * A message to people.
 *
 * @param title one line
 * @param text the body: plain text, {@code *bold*} and lists with {@code - }
 */
public record Message(String title, String text) {}
