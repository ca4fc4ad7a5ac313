/** To be filled. */
@NullMarked
package dev.restage.redis;

import org.jspecify.annotations.NullMarked;
