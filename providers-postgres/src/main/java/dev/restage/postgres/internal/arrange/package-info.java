/**
 * Puts contents so that a live target can take them where the order and the words of a dump would fail: what comes later,
 * what is found by a path, and where rows go. Not part of the API.
 */
@NullMarked
package dev.restage.postgres.internal.arrange;

import org.jspecify.annotations.NullMarked;
