/** The main job, an example of a plan of one's own, and what they share. */
@NullMarked
package dev.restage.examples;

import org.jspecify.annotations.NullMarked;
