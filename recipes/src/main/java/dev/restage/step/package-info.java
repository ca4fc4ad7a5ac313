/**
 * The steps that ship, one record each: {@code app}, {@code code}, {@code database} and {@code media} for the roles of the same
 * names, and here what belongs to none of them. A plan names them by their bare names.
 *
 * <p>May use {@code dev.restage.plan}, {@code provider}, {@code masking} and {@code media}.
 */
@NullMarked
package dev.restage.step;

import org.jspecify.annotations.NullMarked;
