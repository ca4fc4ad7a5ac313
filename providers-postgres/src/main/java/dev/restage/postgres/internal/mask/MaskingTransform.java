package dev.restage.postgres.internal.mask;

import dev.restage.masking.Condition;
import dev.restage.masking.ResolvedPolicy;
import dev.restage.masking.TableMasking;
import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.MaskKey;
import dev.restage.masking.value.PublicTexts;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
import dev.restage.postgres.internal.content.Transform;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Leaves out rows and masks values as a policy wants it. */
public final class MaskingTransform implements Transform {

    private final ResolvedPolicy policy;
    private final MaskKey key;
    private final MaskListener listener;
    private final Map<Condition.Found, Set<String>> lookups = new ConcurrentHashMap<>();
    private final LongAdder masked = new LongAdder();
    private volatile PublicTexts publicTexts = PublicTexts.NONE;

    public MaskingTransform(ResolvedPolicy policy, MaskKey key, MaskListener listener) {
        this.policy = policy;
        this.key = key;
        this.listener = listener;
    }

    /** Whether some rows or values can be told only by rows of other tables. */
    public static boolean looksUp(ResolvedPolicy policy) {
        return lookups(policy).findAny().isPresent() || new KeptTexts(policy).areAskedFor();
    }

    /** Reads what conditions and masks look up in other tables, which takes a source that can be read in any order. */
    public void prepare(Source source) throws SQLException, IOException {
        Contents contents = source.contents();
        for (Condition.Found lookup : lookups(policy).toList()) {
            Set<String> values = new HashSet<>();
            for (TableData table : contents.tables()) {
                int place = table.columns().indexOf(lookup.in());
                if (place >= 0 && named(table, lookup.table())) {
                    source.rows(TablePart.whole(table), new ColumnReader(place, values));
                }
            }
            lookups.put(lookup, values);
        }
        KeptTexts kept = new KeptTexts(policy);
        if (kept.areAskedFor()) {
            publicTexts = kept.of(source);
        }
    }

    /** How many values were replaced so far. */
    public long maskedValues() {
        return masked.sum();
    }

    @Override
    public boolean carriesRows(TableData table) {
        return policy.table(table.table()).carriesRows();
    }

    @Override
    public RowSink before(TableData table, RowSink next) {
        TableMasking masking = policy.table(table.table());
        List<@Nullable ColumnMask> masks = table.columns().stream()
                .<@Nullable ColumnMask>map(column ->
                        masking.column(column).filter(mask -> !mask.keeps()).orElse(null))
                .toList();
        RowTest carried = masking.rows() instanceof Rows.Where where
                ? RowTest.of(where.condition(), table.columns(), this::found)
                : null;
        RowTest exempt = masking.exempt() == null ? null : RowTest.of(masking.exempt(), table.columns(), this::found);
        boolean untouched = carried == null && masks.stream().allMatch(Objects::isNull);
        return untouched ? next : new RowMask(table, masks, carried, exempt, masking(), listener, masked, next);
    }

    private RowMask.Masking masking() {
        PublicTexts known = publicTexts;
        return (mask, value) -> mask.apply(value, key, known);
    }

    private Set<String> found(Condition.Found lookup) {
        return Objects.requireNonNull(lookups.get(lookup), "not prepared");
    }

    private static Stream<Condition.Found> lookups(ResolvedPolicy policy) {
        return policy.tables().stream()
                .flatMap(MaskingTransform::conditions)
                .flatMap(Condition::lookups)
                .distinct();
    }

    private static Stream<Condition> conditions(TableMasking masking) {
        return Stream.of(masking.rows() instanceof Rows.Where where ? where.condition() : null, masking.exempt())
                .filter(Objects::nonNull);
    }

    private static boolean named(TableData table, String name) {
        return table.table().name().equals(name) || table.table().root().equals(name);
    }
}
