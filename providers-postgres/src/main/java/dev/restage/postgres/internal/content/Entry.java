package dev.restage.postgres.internal.content;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object, as a table of contents of pg_dump lists it.
 *
 * @param id unique within its {@link Contents}, greater than 0
 * @param classOid the oid of the catalog that the object is in; 0 if it was made up
 * @param oid the oid of the object in the source; 0 if it has none
 * @param kind what it is, in pg_dump's words: {@code TABLE}, {@code TABLE DATA}, {@code FK CONSTRAINT}
 * @param schema the schema it is in, not quoted; null outside of schemas
 * @param tag its name as lists show it, not quoted; constraints, triggers and the like have their table's name before it
 * @param section when it is made
 * @param definition the SQL that makes it, ended by a semicolon and a line feed; null if there is none
 * @param drop the SQL that removes it, likewise; null if there is none
 * @param copy the COPY statement for its rows, ended by {@code FROM stdin;} and a line feed; null without rows
 * @param tablespace empty for the default, null where it does not apply
 * @param accessMethod {@code heap} for tables and materialized views; null where it does not apply
 * @param relkind the kind letter of a relation, 0 for all else
 * @param owner the role that owns it; null or empty if it has none
 * @param dependencies ids of the entries that must be made before it; may name ids that are not there
 */
public record Entry(
        int id,
        long classOid,
        long oid,
        String kind,
        @Nullable String schema,
        String tag,
        Section section,
        @Nullable String definition,
        @Nullable String drop,
        @Nullable String copy,
        @Nullable String tablespace,
        @Nullable String accessMethod,
        char relkind,
        @Nullable String owner,
        List<Integer> dependencies) {

    /** The kind of entries whose data are the rows of a table. */
    public static final String TABLE_DATA = "TABLE DATA";

    /** The kind of entries whose data are large objects. */
    public static final String BLOBS = "BLOBS";

    /** The kind of entries that make large objects, which are empty until those of {@link #BLOBS} come. */
    public static final String BLOB = "BLOB";

    /** The kind of entries that fill materialized views. */
    public static final String MATERIALIZED_VIEW_DATA = "MATERIALIZED VIEW DATA";

    /** The kind of the entry that takes back from functions the paths which they had for the filling. */
    public static final String PATHS = "FUNCTION PATHS";

    public Entry {
        dependencies = List.copyOf(dependencies);
    }

    /** What messages call it: its kind, schema and tag. */
    public String name() {
        return schema == null || schema.isEmpty() ? kind + " " + tag : "%s %s.%s".formatted(kind, schema, tag);
    }

    /** The same object of another owner. */
    public Entry ownedBy(String other) {
        return with(schema, definition, drop, copy, tablespace, other, dependencies);
    }

    /** The same object that other entries must be made before. */
    public Entry dependingOn(List<Integer> others) {
        return with(schema, definition, drop, copy, tablespace, owner, others);
    }

    /** The same object in another tablespace; empty for the default. */
    public Entry inTablespace(String other) {
        return with(schema, definition, drop, copy, other, owner, dependencies);
    }

    /** The same object by another definition. */
    public Entry definedAs(@Nullable String newDefinition) {
        return with(schema, newDefinition, drop, copy, tablespace, owner, dependencies);
    }

    /** The same object written in another way. */
    public Entry writtenAs(
            @Nullable String newSchema,
            @Nullable String newDefinition,
            @Nullable String newDrop,
            @Nullable String newCopy) {
        return with(newSchema, newDefinition, newDrop, newCopy, tablespace, owner, dependencies);
    }

    private Entry with(
            @Nullable String newSchema,
            @Nullable String newDefinition,
            @Nullable String newDrop,
            @Nullable String newCopy,
            @Nullable String newTablespace,
            @Nullable String newOwner,
            List<Integer> newDependencies) {
        return new Entry(
                id,
                classOid,
                oid,
                kind,
                newSchema,
                tag,
                section,
                newDefinition,
                newDrop,
                newCopy,
                newTablespace,
                accessMethod,
                relkind,
                newOwner,
                newDependencies);
    }
}
