package dev.restage.step.database;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.PersonMask;
import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Holds;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyOptions.Orphans;
import dev.restage.provider.database.CopyResult;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.DatabaseInfo;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.Dataset;
import dev.restage.provider.database.SnapshotId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a database by a masked copy of another, or of an archive. Its way back is what the database kept of the state
 * before, or the {@link TakeBackup} that comes before it.
 *
 * @param source the database or archive to read
 * @param target the database or archive to replace
 * @param policy what is masked on the way
 * @param keyVariable the variable that holds the masking key: the same key masks the same value the same way every time
 * @param backedUpBy the name of the {@link TakeBackup} of the target that comes before it, so that no second one is taken; null
 *     if there is none
 * @param without objects of the source that stay behind, named as messages name them: {@code EXTENSION pg_cron}; see {@link
 *     CopyOptions#without}
 * @param orphans what becomes of rows that refer to rows that are not there
 */
public record CopyDatabase(
        Address source,
        Address target,
        MaskingPolicy policy,
        String keyVariable,
        @Nullable String backedUpBy,
        List<String> without,
        Orphans orphans)
        implements Step {

    /** So many problems are named at once; the count is always exact. */
    private static final int NAMED = 25;

    private static final int BIGGEST = 10;

    /** Facts of this form tell of the target before it is replaced. */
    public static final String OF_TARGET = "target.";

    /** The fact that values of people were masked, and that none of the originals was found in the target afterwards. */
    private static final String REPLACED = "replaced";

    /** Pinned of what does not live on: which archive or backup is read. */
    private static final String READ = "what is read";

    /** The fact that names what the target kept of the state before. */
    private static final String BEFORE = "before";

    /** Kept before the first change. */
    private static final String BEGUN = "begun";

    /**
     * Copies the list, which is empty if a plan does not say it.
     *
     * @param source the database or archive to read
     * @param target the database or archive to replace
     * @param policy what is masked on the way
     * @param keyVariable the variable that holds the masking key
     * @param backedUpBy the name of the {@link TakeBackup} of the target that comes before it; null if there is none
     * @param without objects of the source that stay behind
     * @param orphans what becomes of rows that refer to rows that are not there
     */
    public CopyDatabase {
        without =
                Objects.requireNonNullElse(without, List.<String>of()).stream().toList();
    }

    /**
     * Copies all that can be copied.
     *
     * @param source the database or archive to read
     * @param target the database or archive to replace
     * @param policy what is masked on the way
     * @param keyVariable the variable that holds the masking key
     * @param backedUpBy the name of the {@link TakeBackup} of the target that comes before it; null if there is none
     */
    public CopyDatabase(
            Address source, Address target, MaskingPolicy policy, String keyVariable, @Nullable String backedUpBy) {
        this(source, target, policy, keyVariable, backedUpBy, List.of(), Orphans.REFUSE);
    }

    /**
     * Copies without a backup before it.
     *
     * @param source the database or archive to read
     * @param target the database or archive to replace
     * @param policy what is masked on the way
     * @param keyVariable the variable that holds the masking key
     */
    public CopyDatabase(Address source, Address target, MaskingPolicy policy, String keyVariable) {
        this(source, target, policy, keyVariable, null);
    }

    /**
     * {@return the same copy, of which more stays behind}
     *
     * @param objects what stays behind, named as messages name it, with {@code *} for any text
     */
    public CopyDatabase without(String... objects) {
        List<String> all = Stream.concat(without.stream(), Stream.of(objects)).toList();
        return new CopyDatabase(source, target, policy, keyVariable, backedUpBy, all, orphans);
    }

    /**
     * {@return the same copy, with another treatment of orphans}
     *
     * @param treatment what becomes of rows that refer to rows that are not there
     */
    public CopyDatabase orphans(Orphans treatment) {
        return new CopyDatabase(source, target, policy, keyVariable, backedUpBy, without, treatment);
    }

    @Override
    public Access access() {
        return Access.reading(source).writing(target);
    }

    @Override
    public Decision decide(StepContext context) {
        Dataset from = context.use(source, Dataset.class);
        CopyCheck check = context.use(target, Dataset.class).checkCopy(from, options(context));
        List<String> problems = check.problems();
        if (!problems.isEmpty()) {
            throw new ProviderException(
                    ProviderException.Kind.UNSUPPORTED,
                    "%s cannot be copied to %s: %s%s"
                            .formatted(
                                    source,
                                    target,
                                    String.join(
                                            "; ", problems.stream().limit(NAMED).toList()),
                                    problems.size() > NAMED ? "; and %d more".formatted(problems.size() - NAMED) : ""),
                    ProviderException.Effect.NONE,
                    null);
        }
        DatabaseInfo info = from.describe();
        Decision decision = Decision.of(new Change(
                        target,
                        "be replaced by a masked copy of %s: %d tables, about %d rows, %.1f MB"
                                .formatted(source, info.tables().size(), info.rows(), info.sizeBytes() / 1e6))
                .counting(
                        Change.Effect.LOST,
                        context.use(target, Dataset.class).describe().rows(),
                        "rows")
                .counting(Change.Effect.NEW, info.rows(), "rows"));
        if (!(from instanceof Database)) {
            decision = decision.pinning(READ, from.identity().toString());
        }
        for (String note : check.notes()) {
            decision = decision.note(note);
        }
        return decision;
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        CopyOptions options = options(context);
        Dataset to = context.use(target, Dataset.class);
        refuseAnother(context.use(source, Dataset.class), decision);
        context.keep(BEGUN, () -> "yes");
        CopyResult result = to.copyFrom(context.use(source, Dataset.class), options, context.progress());
        SnapshotId before = result.before();
        // Its own step restores a backup that was taken before.
        if (before != null && !before.equals(options.before())) {
            context.keep(BEFORE, before::value);
        }
        result.leftOut().forEach(context::warn);
        context.fact("tables", Integer.toString(result.rows().size()));
        context.fact("rows", Long.toString(result.totalRows()));
        context.fact("rows.after", Long.toString(result.totalRows()));
        context.fact("bytes", Long.toString(result.bytes()));
        context.fact("masked", Long.toString(result.maskedValues()));
        if (result.maskedValues() > 0 && result.proof().fingerprints() > 0) {
            context.fact(REPLACED, "yes");
        }
        long passwords = passwords(context.use(source, Dataset.class).shape());
        if (passwords > 0) {
            context.fact("passwords", Long.toString(passwords));
        }
        context.fact("proof.tables", Long.toString(result.proof().tables()));
        context.fact("proof.columns", Long.toString(result.proof().columns()));
        context.fact("proof.values", Long.toString(result.proof().values()));
        context.fact("proof.fingerprints", Long.toString(result.proof().fingerprints()));
        context.fact(
                "biggest",
                result.rows().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .limit(BIGGEST)
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining("\n")));
    }

    /** What an address of a backup means can change when another is taken. */
    private void refuseAnother(Dataset from, Decision decision) {
        decision.find(READ).ifPresent(approved -> {
            String now = from.identity().toString();
            if (!approved.equals(now)) {
                throw new ProviderException(
                        ProviderException.Kind.CONFLICT,
                        "%s is another one now (%s) than was approved (%s), so nothing was copied: undo the run, and preview again or name the one that you want in the address"
                                .formatted(source, now, approved),
                        ProviderException.Effect.NONE,
                        null);
            }
        });
    }

    @Override
    public Holds holds(StepContext context, Decision decision) {
        return Holds.when(context.fact("biggest").isPresent()
                && context.fact("tables")
                        .filter(tables -> context.use(target, Dataset.class)
                                        .describe()
                                        .tables()
                                        .size()
                                >= Integer.parseInt(tables))
                        .isPresent());
    }

    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        return context.kept(BEFORE)
                .map(before -> WayBack.whole(
                        new Change(target, "be restored to what it kept of the state before (%s)".formatted(before)),
                        acting -> acting.use(target, DatabaseSnapshotter.class)
                                .restore(new SnapshotId(before), acting.progress())))
                .orElse(
                        context.kept(BEGUN).isEmpty()
                                ? WayBack.NOTHING
                                : WayBack.none("nothing was kept of the state before, and no backup was taken"));
    }

    /** Columns in which no password is left that was there. */
    private long passwords(DatabaseShape shape) {
        return policy.resolve(shape).tables().stream()
                .filter(table -> table.carriesRows() && table.exempt() == null)
                .flatMap(table -> table.columns().values().stream())
                .map(ColumnMask::mask)
                .filter(mask -> mask instanceof PersonMask.Password || mask instanceof PersonMask.KnownPassword)
                .count();
    }

    private CopyOptions options(StepContext context) {
        SnapshotId backup = backedUpBy == null
                ? null
                : context.facts()
                        .find(backedUpBy, TakeBackup.SNAPSHOT)
                        .map(SnapshotId::new)
                        .orElse(null);
        return new CopyOptions(policy, context.secret(keyVariable, "to mask " + source + " on its way to " + target))
                .without(without)
                .before(backup)
                .orphans(orphans)
                .remembering(context.facts().byStep().values().stream()
                        .flatMap(facts -> facts.entrySet().stream())
                        .filter(fact -> fact.getKey().startsWith(OF_TARGET))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one)));
    }
}
