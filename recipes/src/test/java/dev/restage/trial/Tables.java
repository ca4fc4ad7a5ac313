package dev.restage.trial;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableMasking;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.MaskTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Shapes of tables, written down in short. */
public final class Tables {

    private Tables() {}

    /** {@return a table with columns as {@code name type}, or {@code name} for text} */
    public static TableShape table(String name, String... columns) {
        return new TableShape(
                "public", name, name, Stream.of(columns).map(Tables::column).toList(), List.of(), List.of(), List.of());
    }

    /** {@return the same table, whose column refers to the id of another one} */
    public static TableShape referring(TableShape table, String column, String other) {
        List<TableShape.Reference> references = new ArrayList<>(table.references());
        references.add(new TableShape.Reference(List.of(column), "public", other, List.of("id")));
        return new TableShape(
                table.schema(), table.name(), table.root(), table.columns(), List.of(), references, List.of());
    }

    private static TableShape.Column column(String text) {
        int space = text.indexOf(' ');
        String type = space < 0 ? "text" : text.substring(space + 1);
        return new TableShape.Column(
                space < 0 ? text : text.substring(0, space), type, MaskTarget.of(type, Set.of()), null);
    }

    /** {@return a database of these tables} */
    public static DatabaseShape database(TableShape... tables) {
        return new DatabaseShape(List.of(tables));
    }

    /** {@return what a policy does with one of these tables} */
    public static TableMasking masking(MaskingPolicy policy, String table, TableShape... tables) {
        DatabaseShape shape = database(tables);
        return policy.resolve(shape).table(shape.table("public", table).orElseThrow());
    }

    /** {@return {@code masked}, {@code kept} or {@code open}: what a policy does with a column} */
    public static String fate(MaskingPolicy policy, String table, String column, TableShape... tables) {
        return masking(policy, table, tables)
                .column(column)
                .map(mask -> mask.keeps() ? "kept" : "masked")
                .orElse("open");
    }
}
