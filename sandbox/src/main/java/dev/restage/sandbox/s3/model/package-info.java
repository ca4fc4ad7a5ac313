/**
 * What a test gives the S3 server and learns of it: settings of buckets, keys and their grants, states of jobs.
 * Values; nothing else of the server is used here.
 */
@NullMarked
package dev.restage.sandbox.s3.model;

import org.jspecify.annotations.NullMarked;
