/** To be filled. */
@NullMarked
package dev.restage.heroku;

import org.jspecify.annotations.NullMarked;
