/**
 * The roles of media, and the values that they exchange.
 */
@NullMarked
package dev.restage.provider.media;

import org.jspecify.annotations.NullMarked;
