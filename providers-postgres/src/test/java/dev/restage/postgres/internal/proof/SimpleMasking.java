package dev.restage.postgres.internal.proof;

import dev.restage.masking.Mask;
import dev.restage.masking.MaskKey;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableShape;
import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.Transform;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Masks as a policy says and tells a proof of it, in the simplest way. */
record SimpleMasking(MaskingPolicy policy, Proof proof) implements Transform {

    private static final MaskKey KEY = MaskKey.of("key");

    @Override
    public boolean carriesRows(TableData table) {
        return !policy.leavesRowsOf(table.table().name());
    }

    @Override
    public RowSink before(TableData data, RowSink next) {
        List<Optional<Mask>> masks = data.columns().stream()
                .map(column -> policy.maskFor(data.table().name(), column).filter(mask -> !(mask instanceof Mask.Keep)))
                .toList();
        return (buffer, from, length) -> {
            String[] values = new String(buffer, from, length - 1, StandardCharsets.UTF_8).split("\t", -1);
            for (int i = 0; i < values.length; i++) {
                if (masks.get(i).isPresent() && !values[i].equals("\\N") && !values[i].isEmpty()) {
                    byte[] bytes = values[i].getBytes(StandardCharsets.UTF_8);
                    String value = CopyText.decoded(bytes, 0, bytes.length);
                    TableShape.Column column =
                            data.table().column(data.columns().get(i)).orElseThrow();
                    @Nullable String masked = masks.get(i).orElseThrow().apply(value, column.target(), KEY);
                    proof.replaced(data, column.name(), value, masked);
                    values[i] = masked == null
                            ? "\\N"
                            : masked.replace("\\", "\\\\")
                                    .replace("\n", "\\n")
                                    .replace("\r", "\\r")
                                    .replace("\t", "\\t");
                }
            }
            byte[] row = (String.join("\t", values) + "\n").getBytes(StandardCharsets.UTF_8);
            next.row(row, 0, row.length);
        };
    }
}
