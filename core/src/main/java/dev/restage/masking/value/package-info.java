/**
 * Masks: pure functions from a value to what it becomes, what a column takes, and what is written alike. Uses {@code masking.text} only.
 */
@NullMarked
package dev.restage.masking.value;

import org.jspecify.annotations.NullMarked;
