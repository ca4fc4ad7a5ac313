/**
 * The roles of code: a branch of a repository, and its continuous integration.
 */
@NullMarked
package dev.restage.provider.code;

import org.jspecify.annotations.NullMarked;
