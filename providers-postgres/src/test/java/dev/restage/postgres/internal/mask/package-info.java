@org.jspecify.annotations.NullMarked
package dev.restage.postgres.internal.mask;
