/** Redis and Valkey as application caches. */
@NullMarked
package dev.restage.redis;

import org.jspecify.annotations.NullMarked;
