/** The benchmark of the engine against the programs it replaces; see docs/benchmarks.md. */
@org.jspecify.annotations.NullMarked
package dev.restage.postgres.bench;
