/**
 * Steps of a branch of a git repository, and of its continuous integration.
 */
@NullMarked
package dev.restage.step.code;

import org.jspecify.annotations.NullMarked;
