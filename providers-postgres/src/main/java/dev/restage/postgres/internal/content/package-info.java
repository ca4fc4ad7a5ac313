/**
 * What a database or an archive holds, and the two ends of every way through the engine: a {@link
 * dev.restage.postgres.internal.content.Source} yields entries and rows, a {@link
 * dev.restage.postgres.internal.content.Sink} takes them. Not part of the API.
 */
@NullMarked
package dev.restage.postgres.internal.content;

import org.jspecify.annotations.NullMarked;
