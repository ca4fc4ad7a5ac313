/**
 * What every implementation of a role must do, as JUnit tests to extend.
 */
@NullMarked
package dev.restage.testkit;

import org.jspecify.annotations.NullMarked;
