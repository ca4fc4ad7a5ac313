/** To be filled. */
@NullMarked
package dev.restage.aws;

import org.jspecify.annotations.NullMarked;
