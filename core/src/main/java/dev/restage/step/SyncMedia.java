package dev.restage.step;

import dev.restage.media.KeyNames;
import dev.restage.media.MediaDifference;
import dev.restage.media.MediaJournal;
import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncResult;
import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.MediaStore;
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
 */
public record SyncMedia(
        Address source,
        Address target,
        MediaSyncOptions options,
        @Nullable MaskedNames names) implements Step {

    /**
     * Keeps all names.
     *
     * @param source the store to read
     * @param target the store to change
     * @param options what is in scope, when two objects are the same, and what may be deleted
     */
    public SyncMedia(Address source, Address target, MediaSyncOptions options) {
        this(source, target, options, null);
    }

    @Override
    public Access access() {
        return Access.reading(source).writing(target);
    }

    @Override
    public Preview preview(StepContext context) {
        return with(context, sync -> {
            MediaDifference difference = sync.compare();
            options.refusal(difference).ifPresent(reason -> {
                throw new GuardException("media of %s cannot be made like %s: %s".formatted(target, source, reason));
            });
            boolean inside = context.use(target, MediaStore.class).copiesInside(context.use(source, MediaStore.class));
            Preview preview = Preview.of(new Change(target, change(difference)))
                    .note("objects are compared by %s, and copied %s"
                            .formatted(
                                    options.decision(),
                                    inside ? "inside the store" : "through this machine, which costs traffic"));
            if (difference.refused().objects() > 0) {
                preview = preview.note(refused(difference.refused()));
            }
            return difference.archived().objects() == 0
                    ? preview
                    : preview.note(archived(difference.archived()) + "; restore them first, or exclude them");
        });
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
                                : "; what is lost or replaced can be put back for %d days"
                                        .formatted(options.trashDays()));
    }

    private String archived(MediaDifference.Part part) {
        return "%d objects of %s lie in an archive and are left out, for example %s"
                .formatted(part.objects(), source, part.samples().get(0));
    }

    private String refused(MediaDifference.Part part) {
        return "%d objects of %s are left out, since %s cannot hold their keys: %s"
                .formatted(part.objects(), source, target, String.join("; ", part.samples()));
    }

    @Override
    public void execute(StepContext context) {
        with(context, sync -> {
            record(context, sync.run(context.runId(), context.startedAt(), context.progress()));
            return true;
        });
    }

    private void record(StepContext context, MediaSyncResult result) {
        MediaDifference difference = result.difference();
        context.fact("objects.before", () -> Long.toString(difference.targetObjects()));
        context.fact("objects.copied", () -> Long.toString(result.copiedObjects()));
        context.fact("bytes", () -> Long.toString(result.copiedBytes()));
        context.fact("objects.deleted", () -> Long.toString(result.deletedObjects()));
        context.fact(
                "objects.after",
                () -> Long.toString(
                        difference.targetObjects() + difference.missing().objects() - result.deletedObjects()));
        if (result.goneObjects() > 0) {
            context.warn("%d objects vanished from %s while they were copied".formatted(result.goneObjects(), source));
        }
        if (difference.archived().objects() > 0) {
            context.warn(archived(difference.archived()));
        }
        if (difference.refused().objects() > 0) {
            context.warn(refused(difference.refused()));
        }
    }

    /** Compared anew: what the listings say now, not what was done. */
    @Override
    public boolean holds(StepContext context) {
        return with(context, sync -> {
            MediaDifference difference = sync.compare();
            return options.surplus() == MediaSyncOptions.Surplus.DELETE
                    ? difference.isEmpty()
                    : difference.holdsSource();
        });
    }

    @Override
    public void undo(StepContext context) {
        if (options.trashDays() > 0) {
            with(context, sync -> sync.undo(context.runId(), context.startedAt()));
        }
    }

    private <T> T with(StepContext context, Function<MediaSync, T> work) {
        MediaStore from = context.use(source, MediaStore.class);
        MediaStore to = context.use(target, MediaStore.class);
        try (MediaJournal journal =
                MediaJournal.open(context.memory().resolve("media"), from.identity(), to.identity())) {
            return work.apply(MediaSync.between(from, to, options)
                    .names(names == null ? KeyNames.SAME : names.of(context, target))
                    .journal(journal));
        }
    }
}
