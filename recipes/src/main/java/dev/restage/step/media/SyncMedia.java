package dev.restage.step.media;

import dev.restage.media.FilterReport;
import dev.restage.media.KeyNames;
import dev.restage.media.MediaDifference;
import dev.restage.media.MediaJournal;
import dev.restage.media.MediaNeeds;
import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncResult;
import dev.restage.media.NeededFiles;
import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.media.Filtered.Outcome;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the target's media what the source's are. An undo puts back what was deleted or replaced if the options keep it
 * in a trash; without one there is no way back.
 *
 * @param source the store to read
 * @param target the store to change
 * @param options what is in scope, when two objects are the same, and what may be deleted
 * @param names which objects get masked names at the target; null if all keep theirs
 * @param cleaning how files are cleaned of what they say about people; null if they are copied as they are
 * @param needed the files without which an object is passed over, as if the source did not have it; null if all are wanted
 */
public record SyncMedia(
        Address source,
        Address target,
        MediaSyncOptions options,
        @Nullable MaskedNames names,
        @Nullable CleanFiles cleaning,
        @Nullable NeededMedia needed)
        implements Step {

    /** Kept before the first change: the name of the journal. */
    private static final String JOURNAL = "journal";

    /** The fact that says when the last object was changed. */
    private static final String ENDED = "ended";

    /** The fact that counts objects which had names that tell whose they are; none of them is kept. */
    private static final String UNMASKED = "objects.unmasked";

    /**
     * Keeps all names, and wants all objects.
     *
     * @param source the store to read
     * @param target the store to change
     * @param options what is in scope, when two objects are the same, and what may be deleted
     */
    public SyncMedia(Address source, Address target, MediaSyncOptions options) {
        this(source, target, options, null, null, null);
    }

    /**
     * Copies files as they are, and wants all.
     *
     * @param source the store to read
     * @param target the store to change
     * @param options what is in scope, when two objects are the same, and what may be deleted
     * @param names which objects get masked names at the target; null if all keep theirs
     */
    public SyncMedia(Address source, Address target, MediaSyncOptions options, @Nullable MaskedNames names) {
        this(source, target, options, names, null, null);
    }

    @Override
    public Access access() {
        Set<Address> reads = new HashSet<>(Set.of(source));
        if (cleaning != null) {
            reads.addAll(List.of(cleaning.reads()));
        }
        if (needed != null) {
            reads.add(needed.database());
        }
        return Access.reading(reads.toArray(Address[]::new)).writing(target);
    }

    @Override
    public Set<String> needs() {
        return needed == null || needed.filledBy() == null ? Set.of() : Set.of(needed.filledBy());
    }

    @Override
    public Decision decide(StepContext context) {
        return with(context, Journals::look, known(), report -> {}, sync -> {
            List<String> terms = terms(context);
            MediaDifference difference = sync.compare();
            options.refusal(difference).ifPresent(reason -> {
                throw new GuardException("media of %s cannot be made like %s: %s".formatted(target, source, reason));
            });
            boolean inside = context.use(target, MediaStore.class).copiesInside(context.use(source, MediaStore.class));
            Decision decision = Decision.of(counted(difference))
                    .note("objects are compared by %s, and copied %s"
                            .formatted(
                                    options.decision(),
                                    inside ? "inside the store" : "through this machine, which costs traffic"));
            for (String term : terms) {
                decision = decision.note(term);
            }
            for (String cost : difference.costs()) {
                decision = decision.note(cost);
            }
            if (difference.refused().objects() > 0) {
                decision = decision.note(refused(difference.refused()));
            }
            if (difference.markers().objects() > 0) {
                decision = decision.note(markers(difference.markers()));
            }
            if (cleaning != null) {
                decision = decision.note(looked(difference.lookedInto()));
            }
            if (needed != null) {
                decision = decision.note(
                        needed.filledBy() == null
                                ? "only what %s names counts".formatted(needed.database())
                                : "of these only what %s names once %s has filled it"
                                        .formatted(needed.database(), needed.filledBy()));
            }
            return difference.archived().objects() == 0
                    ? decision
                    : decision.note(archived(difference.archived()) + "; restore them first, or exclude them");
        });
    }

    private List<String> terms(StepContext context) {
        if (cleaning != null && options.keep().contains(MediaAttribute.ACL)) {
            throw new GuardException(
                    "media of %s cannot get the access lists of %s: what is cleaned passes through this machine, and its list is not read with it; leave ACL out of what is kept, or do not clean"
                            .formatted(target, source));
        }
        return context.use(target, MediaStore.class).terms(context.use(source, MediaStore.class), options.keep());
    }

    /** What is needed as far as it is known before the run. */
    private @Nullable NeededMedia known() {
        return needed == null || needed.filledBy() != null ? null : needed;
    }

    private Change counted(MediaDifference difference) {
        MediaDifference.Part former = difference.former();
        MediaDifference.Part surplus = difference.surplus();
        boolean deletes = options.surplus() == MediaSyncOptions.Surplus.DELETE;
        return new Change(target, change(difference))
                .counting(Change.Effect.NEW, difference.missing().objects(), "objects")
                .counting(Change.Effect.REPLACED, difference.changed().objects(), "objects")
                .counting(Change.Effect.LOST, deletes ? surplus.objects() + former.objects() : 0, "objects");
    }

    private String change(MediaDifference difference) {
        long others = difference.surplus().objects() + difference.former().objects();
        String former = difference.former().objects() == 0
                ? ""
                : " and %d under unmasked names".formatted(difference.former().objects());
        String surplus = options.surplus() == MediaSyncOptions.Surplus.DELETE
                ? ", lose %d that %s does not have%s"
                        .formatted(difference.surplus().objects(), source, former)
                : others == 0 ? "" : "; %d that %s does not have under their names stay".formatted(others, source);
        return "get %d new and %d changed objects (%.1f MB) of %s%s; %d are the same%s"
                .formatted(
                        difference.missing().objects(),
                        difference.changed().objects(),
                        (difference.missing().bytes() + difference.changed().bytes()) / 1e6,
                        source,
                        surplus,
                        difference.same().objects(),
                        options.trashDays() == 0
                                ? ""
                                : "; what is lost or replaced can be put back for %d days%s"
                                        .formatted(
                                                options.trashDays(),
                                                former.isEmpty() ? "" : ", but for what has an unmasked name"));
    }

    private String looked(MediaDifference.Part part) {
        String trash =
                options.trashDays() == 0 ? "" : "; what they replace is kept in the trash only if it was cleaned too";
        return "%d of the new and changed objects are looked into on this machine, by their first bytes or as a whole (%.1f MB), and those of a kind that is cleaned pass through it%s"
                .formatted(part.objects(), part.bytes() / 1e6, trash);
    }

    private String archived(MediaDifference.Part part) {
        return "%d objects of %s lie in an archive and are left out, for example %s"
                .formatted(part.objects(), source, part.samples().get(0));
    }

    private String refused(MediaDifference.Part part) {
        return "%d objects of %s are left out, since %s cannot hold their keys: %s"
                .formatted(part.objects(), source, target, String.join("; ", part.samples()));
    }

    private String markers(MediaDifference.Part part) {
        return "%d objects of %s only show a folder and have no content, for example %s: %s cannot hold such, and they are left out"
                .formatted(part.objects(), source, part.samples().get(0), target);
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        context.keep(
                JOURNAL,
                () -> MediaJournal.name(
                        context.use(source, MediaStore.class).identity(),
                        context.use(target, MediaStore.class).identity()));
        with(context, Journals::alone, needed, report -> recordFailure(context, report), sync -> {
            record(context, sync.run(context.runId(), context.startedAt(), context.progress()));
            if (options.trashDays() > 0) {
                context.fact(ENDED, Instant.now().toString());
            }
            return true;
        });
    }

    private void record(StepContext context, MediaSyncResult result) {
        MediaDifference difference = result.difference();
        context.count("objects.copied", result.copiedObjects());
        context.count("bytes", result.copiedBytes());
        context.count("objects.deleted", result.deletedObjects());
        context.fact("objects.before", context.keep("objects.before", () -> Long.toString(difference.targetObjects())));
        context.fact(
                "objects.after",
                Long.toString(difference.targetObjects() + difference.missing().objects() - result.deletedObjects()));
        if (difference.former().objects() > 0) {
            context.count(UNMASKED, difference.former().objects());
        }
        if (difference.markers().objects() > 0) {
            context.fact("folders.left-out", Long.toString(difference.markers().objects()));
        }
        record(context, result.filtered());
        if (result.goneObjects() > 0) {
            context.warn("%d objects vanished from %s while they were copied".formatted(result.goneObjects(), source));
        }
        if (!result.bulkFailures().isEmpty()) {
            context.warn("the job of %s failed at objects that were copied one by one then: %s"
                    .formatted(target, String.join("; ", result.bulkFailures())));
        }
        if (difference.archived().objects() > 0) {
            context.warn(archived(difference.archived()));
        }
        if (difference.refused().objects() > 0) {
            context.warn(refused(difference.refused()));
        }
        MediaNeeds needs = result.needs();
        if (needs != null) {
            record(context, needs);
        }
    }

    private void record(StepContext context, MediaNeeds needs) {
        context.fact("needed", Long.toString(needs.files()));
        context.fact("missing", Long.toString(needs.missing()));
        context.fact("unneeded", Long.toString(needs.unneeded().objects()));
        if (needs.unneeded().objects() > 0) {
            context.fact("unneeded.names", String.join("\n", needs.unneeded().samples()));
        }
        if (needs.missing() > 0) {
            context.fact("missing.names", CheckMedia.listed(needs));
            context.warn("%d of %d needed files are not in %s, for example, as it is called at the target, %s"
                    .formatted(
                            needs.missing(),
                            needs.files(),
                            source,
                            needs.unmet().get(0).key()));
        }
    }

    private static void record(StepContext context, FilterReport report) {
        if (report.equals(FilterReport.NONE)) {
            return;
        }
        context.fact("files.cleaned", Long.toString(report.objects(Outcome.CLEANED)));
        context.fact("files.replaced", Long.toString(report.objects(Outcome.REPLACED, Outcome.UNCLEAN_REPLACED)));
        context.fact("files.not-cleaned", Long.toString(report.uncleanedObjects()));
        if (report.uncleanedObjects() > 0) {
            context.fact("files.not-cleaned.names", UncleanedFiles.names(report));
        }
        UncleanedFiles.warnings(report).forEach(context::warn);
    }

    /** What a run has done before it failed is no fact that a later attempt could correct, so it has another name. */
    private static void recordFailure(StepContext context, FilterReport report) {
        if (report.uncleanedObjects() > 0) {
            context.fact("files.not-cleaned.before-failure", UncleanedFiles.names(report));
        }
        UncleanedFiles.warnings(report).forEach(context::warn);
    }

    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        Optional<Path> file = context.kept(JOURNAL).map(name -> Journals.file(context, name));
        if (file.isEmpty()) {
            return WayBack.NOTHING;
        }
        if (options.trashDays() == 0) {
            return WayBack.none("what was replaced or deleted is not kept: the options have no trashDays");
        }
        try (MediaJournal journal = MediaJournal.open(file.get())) {
            String made =
                    journal == MediaJournal.NONE || MediaSync.knowsNew(journal, context.runId(), context.startedAt())
                            ? "lose what was new"
                            : "keep what was new, as the list of it is gone (%s)".formatted(file.get());
            String gone = context.fact(UNMASKED)
                    .map("; %s objects under unmasked names stay away, as the trash does not keep such"::formatted)
                    .orElse("");
            return WayBack.of(
                            new Change(
                                    target, "get back from the trash what was replaced or deleted, and " + made + gone),
                            acting -> undo(acting, file.get()))
                    .losing(lost(context, journal));
        }
    }

    /** What people have put in place of what the run made. */
    private List<String> lost(StepContext context, MediaJournal journal) {
        Optional<Instant> ended = context.fact(ENDED).map(Instant::parse);
        if (ended.isEmpty()) {
            return List.of();
        }
        List<String> changed = MediaSync.changedSince(
                context.use(target, MediaStore.class), journal, context.runId(), context.startedAt(), ended.get());
        return changed.isEmpty()
                ? List.of()
                : List.of("%d objects of %s that were changed since, such as %s"
                        .formatted(changed.size(), target, changed.get(0)));
    }

    private void undo(StepContext context, Path file) {
        try (MediaJournal journal = Journals.alone(context, file)) {
            MediaSync.undo(
                    context.use(target, MediaStore.class), options, journal, context.runId(), context.startedAt());
        }
    }

    /** Opens the journal of two stores. */
    private interface Opening {
        MediaJournal open(StepContext context, MediaStore from, MediaStore to);
    }

    private <T> T with(
            StepContext context,
            Opening opening,
            @Nullable NeededMedia only,
            Consumer<FilterReport> failed,
            Function<MediaSync, T> work) {
        MediaStore from = context.use(source, MediaStore.class);
        MediaStore to = context.use(target, MediaStore.class);
        try (MediaJournal journal = opening.open(context, from, to);
                NeededFiles files = only == null ? null : only.ask(context)) {
            MediaSync sync = MediaSync.between(from, to, options)
                    .names(names == null ? KeyNames.SAME : names.of(context, target))
                    .journal(journal);
            sync = cleaning == null ? sync : sync.filter(cleaning.filter(context), failed);
            return work.apply(files == null ? sync : sync.needing(files));
        }
    }
}
