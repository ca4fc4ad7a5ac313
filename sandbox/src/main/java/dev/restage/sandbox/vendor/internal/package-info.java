/**
 * What all stand-ins share: the HTTP server with its routes and faults, requests and replies, ids, files of a repository.
 */
@NullMarked
package dev.restage.sandbox.vendor.internal;

import org.jspecify.annotations.NullMarked;
