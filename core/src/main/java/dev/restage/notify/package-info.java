/**
 * Messages to chat webhooks and files. May use {@code dev.restage.provider} and {@code http}.
 */
@NullMarked
package dev.restage.notify;

import org.jspecify.annotations.NullMarked;
