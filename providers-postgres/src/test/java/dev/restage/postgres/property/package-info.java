/** Random schemas, and the property that every way through the engine keeps them. */
@org.jspecify.annotations.NullMarked
package dev.restage.postgres.property;
