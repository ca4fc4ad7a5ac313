package dev.restage.postgres.bench;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskKey;
import dev.restage.masking.value.MaskTarget;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.mask.MaskListener;
import dev.restage.postgres.internal.mask.MaskingTransform;
import dev.restage.postgres.internal.proof.Proof;
import dev.restage.postgres.testing.RowEntries;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What masking takes in one thread, without any server: CPU time for each masked value, with and without the memory that
 * the proof keeps of it. Rows are generated, each value is another one; the best of several rounds counts, as the first
 * ones compile.
 */
final class MaskingSpeed {

    private static final int ROWS = 20_000;
    private static final int ROUNDS = 15;
    private static final List<String> COLUMNS = List.of("id", "first", "second", "note");

    private MaskingSpeed() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, Masked> masks = new LinkedHashMap<>();
        masks.put("null", new Masked(Mask.toNull(), "person%d@mail%d.example"));
        masks.put("hash", new Masked(Mask.hash(), "token-%d-%d"));
        masks.put("e-mail", new Masked(Mask.email("example.com"), "person%d@mail%d.example"));
        masks.put("full name", new Masked(Mask.fullName(), "Ines Lund%d Okafor%d"));
        masks.put("phone", new Masked(Mask.phone(), "+44 7700 %06d%d"));
        masks.put("free text", new Masked(Mask.freeText(), "Call Zoë Penn%d at noon, then write to the shop %d"));
        masks.put(
                "JSON",
                new Masked(
                        Mask.json(),
                        "{\"name\": \"Tobias Wren%d\", \"body\": \"Please ring me %d\", \"n\": 4, \"tags\": [\"a\", \"b\"]}"));
        System.out.println("| mask | us a value | with the proof's memory |");
        System.out.println("| --- | --- | --- |");
        for (Map.Entry<String, Masked> each : masks.entrySet()) {
            System.out.printf(
                    "| %s | %.2f | %.2f |%n",
                    each.getKey(),
                    each.getValue().micros(false),
                    each.getValue().micros(true));
        }
        System.exit(0);
    }

    /**
     * A mask for two columns.
     *
     * @param mask what is done to values
     * @param form of the values, for two numbers
     */
    private record Masked(Mask mask, String form) {

        double micros(boolean remembered) throws Exception {
            TableData table = table();
            DatabaseShape shape = new DatabaseShape(List.of(table.table()));
            MaskingPolicy policy = MaskingPolicy.builder()
                    .mask("people", "first", mask)
                    .mask("people", "second", mask)
                    .lenient()
                    .build();
            List<byte[]> rows = rows();
            long best = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                Contents contents = new Contents("db", 18, "18", "UTF8", List.of(), List.of(table), shape);
                Proof proof = Proof.start(new CopyOptions(policy, Secret.of("benchmark")), contents, Proof.Texts.ALIKE);
                MaskingTransform transform = new MaskingTransform(
                        policy.resolve(shape),
                        MaskKey.of("benchmark"),
                        remembered ? proof::replaced : MaskListener.NONE);
                RowSink sink = transform.before(table, (buffer, from, length) -> {});
                long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                for (byte[] row : rows) {
                    sink.row(row, 0, row.length);
                }
                best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began);
            }
            return best / 1e3 / (2 * ROWS);
        }

        private List<byte[]> rows() {
            List<byte[]> rows = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                String row = "%d\t%s\t%s\tsome words that stay\n"
                        .formatted(i, form.formatted(i, i % 97), form.formatted(ROWS + i, i % 89));
                rows.add(row.getBytes(StandardCharsets.UTF_8));
            }
            return rows;
        }

        private static TableData table() {
            TableShape table = new TableShape(
                    "public",
                    "people",
                    "people",
                    COLUMNS.stream()
                            .map(column -> new TableShape.Column(column, "text", MaskTarget.of("text", Set.of()), null))
                            .toList(),
                    List.of(),
                    List.of(),
                    List.of());
            Entry entry = RowEntries.of(1, "public", "people");
            return new TableData(entry, table, COLUMNS, 0, ROWS, 0);
        }
    }
}
