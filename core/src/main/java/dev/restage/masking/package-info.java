/**
 * Policies: which mask each column gets, which rows stay behind, what is refused, and what is suggested. What a value becomes is
 * {@code masking.value}'s. Uses nothing else of Restage.
 */
@NullMarked
package dev.restage.masking;

import org.jspecify.annotations.NullMarked;
