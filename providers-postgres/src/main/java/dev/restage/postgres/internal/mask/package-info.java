/** Masks rows on their way: policy and tables to a transform of COPY's bytes. Not part of the API. */
@NullMarked
package dev.restage.postgres.internal.mask;

import org.jspecify.annotations.NullMarked;
