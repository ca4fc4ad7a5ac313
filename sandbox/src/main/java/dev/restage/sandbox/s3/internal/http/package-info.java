/**
 * A request and an answer of S3: bytes and their digests, texts in URLs, XML, errors, the HTTP server. Knows no objects.
 */
@NullMarked
package dev.restage.sandbox.s3.internal.http;

import org.jspecify.annotations.NullMarked;
