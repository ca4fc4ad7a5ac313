/** To be filled. */
@NullMarked
package dev.restage.examples;

import org.jspecify.annotations.NullMarked;
