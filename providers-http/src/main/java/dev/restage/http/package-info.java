/**
 * The one HTTP client: authentication, retries, error kinds and redaction. May use {@code dev.restage.provider}.
 */
@NullMarked
package dev.restage.http;

import org.jspecify.annotations.NullMarked;
