package dev.restage.step;

import dev.restage.media.KeyNames;
import dev.restage.media.MediaDifference;
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
import org.jspecify.annotations.Nullable;

/**
 * Makes the target's media what the source's are. What was deleted or overwritten is not kept, so there is no way back.
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
        MediaDifference difference = compare(context);
        options.refusal(difference).ifPresent(reason -> {
            throw new GuardException("media of %s cannot be made like %s: %s".formatted(target, source, reason));
        });
        long others = difference.surplus().objects() + difference.former().objects();
        String former = difference.former().objects() == 0
                ? ""
                : " and %d under unmasked names".formatted(difference.former().objects());
        String surplus = options.surplus() == MediaSyncOptions.Surplus.DELETE
                ? ", lose %d that %s does not have%s"
                        .formatted(difference.surplus().objects(), source, former)
                : others == 0 ? "" : "; %d that %s does not have under their names stay".formatted(others, source);
        return Preview.of(new Change(
                target,
                "get %d new and %d changed objects (%.1f MB) of %s%s; %d are the same"
                        .formatted(
                                difference.missing().objects(),
                                difference.changed().objects(),
                                (difference.missing().bytes()
                                                + difference.changed().bytes())
                                        / 1e6,
                                source,
                                surplus,
                                difference.same().objects())));
    }

    @Override
    public void execute(StepContext context) {
        MediaSyncResult result = MediaSync.run(
                context.use(source, MediaStore.class),
                context.use(target, MediaStore.class),
                options,
                naming(context),
                context.progress());
        context.fact("objects.before", () -> Long.toString(result.difference().targetObjects()));
        context.fact("objects.copied", () -> Long.toString(result.copiedObjects()));
        context.fact("bytes", () -> Long.toString(result.copiedBytes()));
        context.fact("objects.deleted", () -> Long.toString(result.deletedObjects()));
        context.fact(
                "objects.after",
                () -> Long.toString(result.difference().targetObjects()
                        + result.difference().missing().objects()
                        - result.deletedObjects()));
        if (result.goneObjects() > 0) {
            context.warn("%d objects vanished from %s while they were copied".formatted(result.goneObjects(), source));
        }
    }

    /** Compared anew: what the listings say now, not what was done. */
    @Override
    public boolean holds(StepContext context) {
        MediaDifference difference = compare(context);
        return options.surplus() == MediaSyncOptions.Surplus.DELETE ? difference.isEmpty() : difference.holdsSource();
    }

    private KeyNames naming(StepContext context) {
        return names == null ? KeyNames.SAME : names.of(context, target);
    }

    private MediaDifference compare(StepContext context) {
        return MediaSync.compare(
                context.use(source, MediaStore.class), context.use(target, MediaStore.class), options, naming(context));
    }
}
