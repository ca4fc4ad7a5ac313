/**
 * A faithful S3 in memory: signatures and rights are checked, keys are literal and sorted by their bytes, and everything
 * that a bucket of Amazon's may be (versioned, locked, encrypted, archived, paid for by the requester) can be had. It
 * counts requests, can be slow, and fails on demand.
 *
 * <p>Where a rule of S3 is followed, it is that of the S3 API reference and user guide as read in 2026-11.
 */
@NullMarked
package dev.restage.sandbox.s3;

import org.jspecify.annotations.NullMarked;
