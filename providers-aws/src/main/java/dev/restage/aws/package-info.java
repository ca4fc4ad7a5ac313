/**
 * Media in S3 and in stores that speak its protocol. Users need {@link dev.restage.aws.AwsModule} alone, or with a
 * {@link dev.restage.aws.AwsConfig} of their own.
 *
 * <p>Here is the store and what it does with objects: listing, copying, uploading, jobs of S3 Batch Operations, costs. What is said over
 * the wire, {@code internal.wire}, knows none of that. May use {@code dev.restage.provider} and the AWS SDK.
 */
@NullMarked
package dev.restage.aws;

import org.jspecify.annotations.NullMarked;
