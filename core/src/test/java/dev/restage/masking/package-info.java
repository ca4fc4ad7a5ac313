/** Tests of masking. */
@org.jspecify.annotations.NullMarked
package dev.restage.masking;
