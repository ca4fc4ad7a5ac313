/**
 * A whole small cloud on one machine, to rehearse resets on: {@link dev.restage.sandbox.Sandbox} starts it.
 *
 * <p>Knows core and no provider: a provider reaches the sandbox by addresses and credentials, as it would reach the
 * real thing. Its rooms, of which each can be used alone:
 *
 * <ul>
 *   <li>{@code server}: real PostgreSQL, Redis and git servers
 *   <li>{@code s3}: an S3 server in memory, with jobs and faults; {@code s3.model} has the values that it takes
 *   <li>{@code vendor.heroku}, {@code vendor.github}, {@code vendor.cloudflare} and {@code vendor.chat}: stand-ins of
 *       the vendors' APIs; {@code vendor} has what one says to each of them
 *   <li>{@code site}: the invented site, as values
 * </ul>
 *
 * <p>What lies in or below a package named {@code internal} is not API. The rooms know each other in one direction
 * only: the site fills the servers, this package starts all.
 */
@NullMarked
package dev.restage.sandbox;

import org.jspecify.annotations.NullMarked;
