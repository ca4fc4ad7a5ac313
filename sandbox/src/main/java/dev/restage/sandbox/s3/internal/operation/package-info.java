/**
 * The operations of S3 on buckets and objects. May use {@code object} and what is below it.
 */
@NullMarked
package dev.restage.sandbox.s3.internal.operation;

import org.jspecify.annotations.NullMarked;
