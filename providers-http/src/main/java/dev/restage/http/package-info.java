/**
 * The one HTTP client of vendors: credentials, retries, waiting, kinds of errors and redaction; and web sites, {@code https:}, of which it
 * is a resource by itself. {@code webhook} sends messages with it. May use {@code dev.restage.provider}; OkHttp and Jackson stay
 * inside.
 */
@NullMarked
package dev.restage.http;

import org.jspecify.annotations.NullMarked;
