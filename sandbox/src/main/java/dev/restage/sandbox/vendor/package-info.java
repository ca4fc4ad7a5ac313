/**
 * What is said to every stand-in of a vendor's API, and what each tells of itself. The stand-ins are in the packages
 * {@code heroku}, {@code github}, {@code cloudflare} and {@code chat}: they listen on free ports of 127.0.0.1, keep state,
 * answer in the vendors' published shapes and can be told to misbehave. Nothing here knows a provider.
 */
@NullMarked
package dev.restage.sandbox.vendor;

import org.jspecify.annotations.NullMarked;
