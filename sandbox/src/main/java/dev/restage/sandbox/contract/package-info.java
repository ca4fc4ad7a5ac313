/**
 * What every implementation of a role must do, as JUnit tests to extend. Needs JUnit Jupiter and AssertJ beside it.
 */
@NullMarked
package dev.restage.sandbox.contract;

import org.jspecify.annotations.NullMarked;
