/**
 * Masks: pure functions from a value to what it becomes, and what a column takes. Uses {@code masking.text} only.
 */
@NullMarked
package dev.restage.masking.value;

import org.jspecify.annotations.NullMarked;
