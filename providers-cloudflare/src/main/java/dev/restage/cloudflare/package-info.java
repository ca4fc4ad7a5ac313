/**
 * Cloudflare zones as caches, {@code cloudflare:zone/<id>} and {@code cloudflare:zone/<id>/<host>}. Uses the provider
 * interfaces and the HTTP client of core.
 */
@NullMarked
package dev.restage.cloudflare;

import org.jspecify.annotations.NullMarked;
