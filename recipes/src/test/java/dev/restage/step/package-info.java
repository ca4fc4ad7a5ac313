/** Tests of steps. */
@org.jspecify.annotations.NullMarked
package dev.restage.step;
