/**
 * What a provider implements and exchanges: the roles of resources, their values and the exceptions.
 *
 * <p>May use {@code dev.restage.masking} and nothing else of Restage.
 */
@NullMarked
package dev.restage.provider;

import org.jspecify.annotations.NullMarked;
