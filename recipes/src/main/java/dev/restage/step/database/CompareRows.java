package dev.restage.step.database;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.ResolvedPolicy;
import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.MaskKey;
import dev.restage.plan.Access;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.Incomplete;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Records what only the target has, before it is replaced: the same is asked on both sides. What the last copy has masked is known
 * again, as the same key masks it the same way.
 *
 * @param source the database that the target will be made from
 * @param target the database that will be replaced
 * @param rows what is compared
 * @param masked how the target was masked if a copy made it; null if what is compared is never masked
 */
public record CompareRows(
        Address source,
        Address target,
        CatalogTexts rows,
        @Nullable MaskedBy masked) implements Step {

    /** The fact that says why nothing is known. */
    private static final String UNKNOWN = "unknown";

    /** So many are named; the count is always exact. */
    private static final int NAMED = 50;

    @Override
    public Access access() {
        return Access.reading(source, target);
    }

    @Override
    public Decision decide(StepContext context) {
        Optional<Incomplete> incomplete = context.use(target, Database.class).incomplete();
        Optional<Only> only = only(context, incomplete);
        if (only.isEmpty()) {
            return Decision.NOTHING.note("%s that only the target has are not known: %s %s"
                    .formatted(rows.what(), target, incomplete.orElseThrow()));
        }
        return only.get().count().equals("0")
                ? Decision.NOTHING
                : Decision.NOTHING.note("%s %s exist only on the target%s and will be gone: %s"
                        .formatted(
                                only.get().count(),
                                rows.what(),
                                incomplete.isPresent() ? ", as it was before it became incomplete," : "",
                                only.get().names()));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        Optional<Incomplete> incomplete = context.use(target, Database.class).incomplete();
        Optional<Only> only = only(context, incomplete);
        if (only.isEmpty()) {
            context.fact(UNKNOWN, incomplete.orElseThrow().toString());
            return;
        }
        context.fact("count", only.get().count());
        context.fact("names", only.get().names());
        context.fact(remembered(), only.get().write());
    }

    /** What only the target has, as people read it. */
    private record Only(String count, String names) {

        String write() {
            return count + "\n" + names;
        }

        static Only read(String text) {
            int end = text.indexOf('\n');
            return new Only(text.substring(0, end), text.substring(end + 1));
        }
    }

    private String remembered() {
        return CopyDatabase.OF_TARGET + rows.what();
    }

    /** What is half filled says nothing of the state before; what the run knew that gave that up is remembered. */
    private Optional<Only> only(StepContext context, Optional<Incomplete> incomplete) {
        if (incomplete.isPresent()) {
            return incomplete.get().remembered(remembered()).map(Only::read);
        }
        TreeSet<String> only = onlyOnTarget(context);
        return Optional.of(new Only(Integer.toString(only.size()), named(only)));
    }

    private TreeSet<String> onlyOnTarget(StepContext context) {
        Database to = context.use(target, Database.class);
        // a target that was never filled has nothing of its own
        List<CatalogTexts.Query> asked = rows.queries(to.shape());
        TreeSet<String> only = Sql.read(to, target, connection -> texts(connection, asked));
        Database from = context.use(source, Database.class);
        DatabaseShape shape = from.shape();
        List<CatalogTexts.Query> known = rows.required(shape, source);
        if (!only.isEmpty()) {
            ResolvedPolicy policy = masked == null ? null : masked.policy().resolve(shape);
            MaskKey key = masked == null ? null : masked.key(context);
            List<String> there = Sql.read(from, source, connection -> {
                List<String> texts = new ArrayList<>();
                for (CatalogTexts.Query query : known) {
                    Optional<ColumnMask> mask = mask(policy, query);
                    for (String text : Sql.column(connection, query.query())) {
                        texts.add(text);
                        if (key != null) {
                            mask.map(each -> each.apply(text, key)).ifPresent(texts::add);
                        }
                    }
                }
                return texts;
            });
            there.forEach(only::remove);
        }
        return only;
    }

    /** A text that is made of several columns is compared as it is. */
    private static Optional<ColumnMask> mask(@Nullable ResolvedPolicy policy, CatalogTexts.Query query) {
        return policy != null && query.columns().size() == 1
                ? policy.table(query.table()).column(query.columns().iterator().next())
                : Optional.empty();
    }

    private static TreeSet<String> texts(Connection connection, List<CatalogTexts.Query> queries) throws SQLException {
        TreeSet<String> texts = new TreeSet<>();
        for (CatalogTexts.Query query : queries) {
            texts.addAll(Sql.column(connection, query.query()));
        }
        return texts;
    }

    private static String named(TreeSet<String> names) {
        String text = String.join(", ", names.stream().limit(NAMED).toList());
        return names.size() > NAMED ? text + ", and %d more".formatted(names.size() - NAMED) : text;
    }
}
