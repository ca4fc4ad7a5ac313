package dev.restage.postgres;

import java.util.List;

/** A table that holds rows itself; {@code root} is the table that it is a partition of, or itself. */
record TableData(String schema, String name, String root, long rows, List<TableColumn> columns) {

    TableData {
        columns = List.copyOf(columns);
    }

    String qualifiedName() {
        return schema + "." + name;
    }

    /** The table and its columns as COPY takes them; both sides name the columns, so their order cannot differ. */
    String copyText() {
        String names = String.join(
                ", ",
                columns.stream().map(column -> Catalog.quoted(column.name())).toList());
        return "COPY %s.%s (%s)".formatted(Catalog.quoted(schema), Catalog.quoted(name), names);
    }
}
