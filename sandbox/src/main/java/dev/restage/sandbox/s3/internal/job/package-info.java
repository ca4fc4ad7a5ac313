/**
 * The jobs of S3 Batch Operations: manifest, tasks, report. May use {@code operation} and what is below it.
 */
@NullMarked
package dev.restage.sandbox.s3.internal.job;

import org.jspecify.annotations.NullMarked;
