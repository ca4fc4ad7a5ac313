/**
 * One step at a time, run by the engine against resources in memory: what a test says of a step is what a user sees of it.
 */
@NullMarked
package dev.restage.trial;

import org.jspecify.annotations.NullMarked;
