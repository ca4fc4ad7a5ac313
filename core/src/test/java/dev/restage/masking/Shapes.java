package dev.restage.masking;

import dev.restage.masking.TableShape.Column;
import dev.restage.masking.TableShape.Reference;
import dev.restage.masking.value.MaskTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tables of databases that need no server. */
final class Shapes {

    private Shapes() {}

    static DatabaseShape database(TableShape... tables) {
        return new DatabaseShape(List.of(tables));
    }

    /** A table of the schema public; a column is a name, or a name and a type. */
    static TableShape table(String name, String... columns) {
        return table("public", name, name, List.of(), List.of(), columns);
    }

    static TableShape table(
            String schema,
            String name,
            String root,
            List<Reference> references,
            List<String> checks,
            String... columns) {
        List<Column> all = new ArrayList<>();
        for (String column : columns) {
            all.add(column(column));
        }
        return new TableShape(schema, name, root, all, List.of(), references, checks);
    }

    static TableShape referring(String name, Reference reference, String... columns) {
        return table("public", name, name, List.of(reference), List.of(), columns);
    }

    static Reference reference(String column, String table, String key) {
        return new Reference(List.of(column), "public", table, List.of(key));
    }

    /** {@code email}, or {@code id integer}. */
    static Column column(String text) {
        int space = text.indexOf(' ');
        String type = space < 0 ? "text" : text.substring(space + 1);
        return new Column(space < 0 ? text : text.substring(0, space), type, MaskTarget.of(type, Set.of()), null);
    }
}
