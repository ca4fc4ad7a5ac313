package dev.restage.aws;

/**
 * What Amazon asks for requests, in US dollars. Source: aws.amazon.com/s3/pricing, US East (N. Virginia), S3 Standard, as of
 * November 2026 as far as known; other regions and classes differ, most by less than a third. Reduced prices of an account
 * are not known here.
 */
final class S3Prices {

    /** Says what the figures are, beside them. */
    static final String NOTE = "list prices of US East, S3 Standard, November 2026; those of other regions differ";

    /** Of a PUT, COPY, POST or LIST request. */
    static final double WRITE = 0.005 / 1000;

    /** Of a GET or HEAD request. */
    static final double READ = 0.0004 / 1000;

    /** Of a byte that leaves Amazon for the internet; to the same region it costs nothing. */
    static final double BYTE_OUT = 0.09 / 1e9;

    /** Of a job of S3 Batch Operations, beside the requests that it makes. */
    static final double JOB = 0.25;

    /** Of an object of such a job. */
    static final double TASK = 1.00 / 1e6;

    private S3Prices() {}
}
