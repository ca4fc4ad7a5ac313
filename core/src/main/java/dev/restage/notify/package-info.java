/**
 * Messages to a file. May use {@code dev.restage.provider}.
 */
@NullMarked
package dev.restage.notify;

import org.jspecify.annotations.NullMarked;
