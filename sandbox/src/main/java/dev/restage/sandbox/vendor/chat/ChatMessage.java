package dev.restage.sandbox.vendor.chat;

import java.time.Instant;

/**
 * A message that the webhook stand-in accepted.
 *
 * @param channel the path that it was posted to, which names the webhook
 * @param text the member {@code text}; empty if only blocks or attachments were sent
 * @param json the whole payload
 * @param at when
 */
public record ChatMessage(String channel, String text, String json, Instant at) {}
