/** To be filled. */
@NullMarked
package dev.restage;

import org.jspecify.annotations.NullMarked;
