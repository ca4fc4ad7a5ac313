/**
 * What a bucket holds: versions with their content and attributes. May use {@code access} and {@code http}.
 */
@NullMarked
package dev.restage.sandbox.s3.internal.object;

import org.jspecify.annotations.NullMarked;
