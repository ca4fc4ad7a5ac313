/**
 * What a reset is: environments, steps, plans, previews and receipts, all plain values.
 *
 * <p>May use {@code dev.restage.provider}.
 */
@NullMarked
package dev.restage.plan;

import org.jspecify.annotations.NullMarked;
