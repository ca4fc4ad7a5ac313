/**
 * Apps and databases on Heroku. May use {@code dev.restage.provider}, {@code dev.restage.http} and, for what a database
 * or a cache holds, {@code dev.restage.postgres} and {@code dev.restage.redis}.
 */
@NullMarked
package dev.restage.heroku;

import org.jspecify.annotations.NullMarked;
