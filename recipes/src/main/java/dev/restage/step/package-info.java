/**
 * The steps that ship, one record each.
 *
 * <p>May use {@code dev.restage.plan}, {@code provider}, {@code masking} and {@code media}.
 */
@NullMarked
package dev.restage.step;

import org.jspecify.annotations.NullMarked;
