/**
 * What every provider implements: resources, addresses, the exceptions, and the roles without a room of their own below.
 *
 * <p>This package and those below may use {@code dev.restage.masking} and nothing else of Restage.
 */
@NullMarked
package dev.restage.provider;

import org.jspecify.annotations.NullMarked;
