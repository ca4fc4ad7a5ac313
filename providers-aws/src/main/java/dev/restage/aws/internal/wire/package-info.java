/**
 * What S3 and we say to each other: headers, pages, bodies and their sums. Knows no bucket of ours and no store. Not part of the
 * API.
 */
@NullMarked
package dev.restage.aws.internal.wire;

import org.jspecify.annotations.NullMarked;
