package dev.restage.postgres.internal.mask;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.MaskTarget;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.LargeObjectSink;
import dev.restage.postgres.internal.content.LeftBehind;
import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
import dev.restage.postgres.testing.RowEntries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of tables whose columns are all text, as a source that needs no server. */
final class RowsInMemory implements Source {

    private final Map<TableData, List<String>> tables = new LinkedHashMap<>();

    /** Adds a table; a column that ends with {@code >table} refers to that one's id. */
    RowsInMemory with(String name, List<String> columns, String... rows) {
        List<TableShape.Column> shapes = new ArrayList<>();
        List<TableShape.Reference> references = new ArrayList<>();
        for (String column : columns) {
            String[] parts = column.split(">", 2);
            shapes.add(new TableShape.Column(parts[0], "text", MaskTarget.of("text", Set.of()), null));
            if (parts.length > 1) {
                references.add(new TableShape.Reference(List.of(parts[0]), "public", parts[1], List.of("id")));
            }
        }
        Entry entry = RowEntries.of(tables.size() + 1, "public", name);
        TableShape table = new TableShape("public", name, name, shapes, List.of(), references, List.of());
        List<String> names = shapes.stream().map(TableShape.Column::name).toList();
        tables.put(new TableData(entry, table, names, 0, 0, 0), List.of(rows));
        return this;
    }

    TableData table(String name) {
        return tables.keySet().stream()
                .filter(data -> data.table().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    DatabaseShape shape() {
        return contents().shape();
    }

    /** The rows of a table behind a transform, each without its line feed. */
    List<String> through(MaskingTransform transform, String name) throws SQLException, IOException {
        List<String> out = new ArrayList<>();
        if (transform.carriesRows(table(name))) {
            rows(
                    TablePart.whole(table(name)),
                    transform.before(
                            table(name),
                            (buffer, from, length) ->
                                    out.add(new String(buffer, from, length - 1, StandardCharsets.UTF_8))));
        }
        return out;
    }

    @Override
    public LeftBehind left() {
        return LeftBehind.of(contents(), List.of());
    }

    @Override
    public Contents contents() {
        return new Contents(
                "db",
                18,
                "18",
                "UTF8",
                List.of(),
                List.copyOf(tables.keySet()),
                new DatabaseShape(tables.keySet().stream().map(TableData::table).toList()));
    }

    @Override
    public String searchPath() {
        return "public";
    }

    @Override
    public Order order() {
        return Order.ANY;
    }

    @Override
    public List<TablePart> parts(TableData table, int most) {
        return List.of(TablePart.whole(table));
    }

    /** Hands over all rows in one buffer, as a driver does, that is wiped after each. */
    @Override
    public void rows(TablePart part, RowSink sink) throws SQLException, IOException {
        byte[] buffer = new byte[1 << 12];
        for (String row : tables.getOrDefault(part.data(), List.of())) {
            byte[] bytes = (row + "\n").getBytes(StandardCharsets.UTF_8);
            java.util.Arrays.fill(buffer, (byte) '#');
            System.arraycopy(bytes, 0, buffer, 7, bytes.length);
            sink.row(buffer, 7, bytes.length);
        }
    }

    @Override
    public void largeObjects(Entry blobs, LargeObjectSink sink) {}

    @Override
    public void cancel() {}

    @Override
    public void close() {}
}
