/**
 * Apps and databases on Heroku. May use {@code dev.restage.provider}, {@code dev.restage.http} and, for what a database
 * holds, {@code dev.restage.postgres}.
 */
@NullMarked
package dev.restage.heroku;

import org.jspecify.annotations.NullMarked;
