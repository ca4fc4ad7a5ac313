/**
 * Finds addresses, telephone numbers and the like in running text. Uses nothing else of Restage.
 */
@NullMarked
package dev.restage.masking.text;

import org.jspecify.annotations.NullMarked;
