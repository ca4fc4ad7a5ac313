/**
 * Proves a copy: what was sent is what the target holds, and nothing that was masked can be read there. Not part of the
 * API.
 */
@NullMarked
package dev.restage.postgres.internal.proof;

import org.jspecify.annotations.NullMarked;
