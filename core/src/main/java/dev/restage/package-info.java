/**
 * The front door: {@code Restage}, and nothing else.
 */
@NullMarked
package dev.restage;

import org.jspecify.annotations.NullMarked;
