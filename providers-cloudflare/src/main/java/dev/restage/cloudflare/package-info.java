/**
 * Cloudflare zones as caches, {@code cloudflare:zone/<id>} and {@code cloudflare:zone/<id>/<host>}. May use
 * {@code dev.restage.provider} and {@code dev.restage.http}.
 */
@NullMarked
package dev.restage.cloudflare;

import org.jspecify.annotations.NullMarked;
