/**
 * Redis and Valkey as application caches. Users need {@link dev.restage.redis.RedisModule} alone; a vendor who hands out URLs of Redis
 * builds upon {@link dev.restage.redis.RedisCachePurger}. May use {@code dev.restage.provider} and Lettuce.
 */
@NullMarked
package dev.restage.redis;

import org.jspecify.annotations.NullMarked;
