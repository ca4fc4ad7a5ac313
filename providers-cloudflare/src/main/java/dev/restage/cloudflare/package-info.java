/** To be filled. */
@NullMarked
package dev.restage.cloudflare;

import org.jspecify.annotations.NullMarked;
