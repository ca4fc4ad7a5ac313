/** To be filled. */
@NullMarked
package dev.restage.github;

import org.jspecify.annotations.NullMarked;
