/**
 * Rules that replace personal data: pure functions from value to value. Uses nothing else of Restage.
 */
@NullMarked
package dev.restage.masking;

import org.jspecify.annotations.NullMarked;
