/**
 * Who asks, and whether he may: signatures, framed content, key pairs, grants. May use {@code http}.
 */
@NullMarked
package dev.restage.sandbox.s3.internal.access;

import org.jspecify.annotations.NullMarked;
