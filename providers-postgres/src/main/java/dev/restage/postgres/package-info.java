/** To be filled. */
@NullMarked
package dev.restage.postgres;

import org.jspecify.annotations.NullMarked;
