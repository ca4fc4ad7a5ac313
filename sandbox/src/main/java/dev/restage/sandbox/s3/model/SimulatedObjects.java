package dev.restage.sandbox.s3.model;

import java.util.function.LongFunction;

/**
 * Objects that take no memory, as each is made when it is asked for: a bucket of any size. All have the same content.
 *
 * @param count how many
 * @param keys the key of an index from 0; must ascend by the bytes of UTF-8
 * @param contentType the media type of all
 * @param content the text of all
 */
public record SimulatedObjects(long count, LongFunction<String> keys, String contentType, String content) {}
