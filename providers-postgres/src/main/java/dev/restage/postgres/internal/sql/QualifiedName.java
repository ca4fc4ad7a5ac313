package dev.restage.postgres.internal.sql;

/**
 * The name of an object with its schema, neither of them quoted.
 *
 * @param schema the schema it is in
 * @param name its bare name
 */
public record QualifiedName(String schema, String name) {}
