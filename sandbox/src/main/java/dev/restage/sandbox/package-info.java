/**
 * A whole small cloud on one machine, to rehearse resets on: {@link dev.restage.sandbox.Sandbox} starts it.
 *
 * <p>Knows core and no provider: a provider reaches the sandbox by addresses and credentials, as it would reach the
 * real thing.
 */
@NullMarked
package dev.restage.sandbox;

import org.jspecify.annotations.NullMarked;
