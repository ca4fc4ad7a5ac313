/**
 * Steps of media. They ask databases by {@code dev.restage.step.database}, and no other room.
 */
@NullMarked
package dev.restage.step.media;

import org.jspecify.annotations.NullMarked;
