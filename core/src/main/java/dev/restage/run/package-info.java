/**
 * What a run tells while it goes on and leaves behind: events, the journal's entries, the receipt.
 */
@NullMarked
package dev.restage.run;

import org.jspecify.annotations.NullMarked;
