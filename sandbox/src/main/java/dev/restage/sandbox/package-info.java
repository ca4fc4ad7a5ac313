/** To be filled. */
@NullMarked
package dev.restage.sandbox;

import org.jspecify.annotations.NullMarked;
