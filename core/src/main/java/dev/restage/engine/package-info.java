/**
 * Runs plans: order, locks, guards, journal, resume, undo, receipt. Not public API.
 *
 * <p>May use {@code dev.restage.plan} and {@code provider}.
 */
@NullMarked
package dev.restage.engine;

import org.jspecify.annotations.NullMarked;
