/**
 * Ready plans: {@code StagingReset} and {@code Pull}.
 */
@NullMarked
package dev.restage.recipe;

import org.jspecify.annotations.NullMarked;
