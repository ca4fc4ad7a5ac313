package dev.restage.aws;

import java.util.Map;
import java.util.NavigableSet;

/** A server that others wrote: what we believe of S3 is checked against what they do. */
interface SecondServer {

    /** {@return what addresses a store with its first key} */
    Map<String, String> variables();

    void createBucket(String bucket);

    /** Writes an object of the type {@code image/jpeg}. */
    void put(String bucket, String key, String content);

    String get(String bucket, String key);

    /** {@return the keys of a bucket, of which there must not be more than a page has} */
    NavigableSet<String> keys(String bucket);
}
