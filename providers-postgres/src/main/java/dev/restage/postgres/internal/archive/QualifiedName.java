package dev.restage.postgres.internal.archive;

/**
 * The name of an object with its schema, neither of them quoted.
 *
 * @param schema the schema it is in
 * @param name its bare name
 */
record QualifiedName(String schema, String name) {}
