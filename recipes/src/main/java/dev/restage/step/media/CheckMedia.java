package dev.restage.step.media;

import dev.restage.media.MediaNeeds;
import dev.restage.media.NeededFiles;
import dev.restage.plan.Access;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.Database;
import dev.restage.provider.media.MediaQuery;
import dev.restage.provider.media.MediaReference;
import dev.restage.provider.media.MediaStore;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Looks whether each media file that a database names is in the media store, and lists those that are not, as well as
 * objects that no row names.
 *
 * @param database the database to ask
 * @param media the store to list
 * @param query which files count
 * @param aside folders of the store whose objects no row has to name, each ending in {@code /}
 * @param unmet what comes of files that are not there
 */
public record CheckMedia(Address database, Address media, MediaQuery query, List<String> aside, Unmet unmet)
        implements Step {

    /** What comes of files that are not there. */
    public enum Unmet {
        /** They are listed and warned of. */
        WARN,
        /** The step fails. */
        FAIL
    }

    private static final int NAMED = 5;

    /**
     * Copies the list.
     *
     * @param database the database to ask
     * @param media the store to list
     * @param query which files count
     * @param aside folders of the store whose objects no row has to name
     * @param unmet what comes of files that are not there
     */
    public CheckMedia {
        aside = List.copyOf(aside);
    }

    @Override
    public Access access() {
        return Access.reading(database, media);
    }

    /** What is there now is not what the run will have made of it. */
    @Override
    public Decision decide(StepContext context) {
        context.use(database, Database.class);
        context.use(media, MediaStore.class);
        return Decision.NOTHING;
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        MediaNeeds needs = compare(context);
        if (needs.missing() > 0) {
            String sentence = sentence(needs);
            if (unmet == Unmet.FAIL) {
                throw new ProviderException(ProviderException.Kind.NOT_FOUND, sentence, Effect.NONE, null);
            }
            context.warn(sentence);
            context.fact("missing.names", listed(needs));
        }
        if (needs.unneeded().objects() > 0) {
            context.fact("unneeded.names", String.join("\n", needs.unneeded().samples()));
        }
        context.fact("files", Long.toString(needs.files()));
        context.fact("missing", Long.toString(needs.missing()));
        context.fact("unneeded", Long.toString(needs.unneeded().objects()));
    }

    private MediaNeeds compare(StepContext context) {
        try (NeededFiles files = new NeededMedia(database, query, null).ask(context)) {
            return MediaNeeds.compare(context.use(media, MediaStore.class), files, aside);
        }
    }

    private String sentence(MediaNeeds needs) {
        String named =
                needs.unmet().stream().limit(NAMED).map(MediaReference::key).collect(Collectors.joining(", "));
        String others = needs.otherNames().isEmpty()
                ? ""
                : "; in %s there are objects, but none of a name in the database: have the names masked in both or in neither"
                        .formatted(String.join(", ", needs.otherNames()));
        return "%d of the %d files that %s names are not in %s, for example %s%s"
                .formatted(needs.missing(), needs.files(), database, media, named, others);
    }

    /** The files that are not there, a line each. */
    static String listed(MediaNeeds needs) {
        String names = needs.unmet().stream()
                .map(reference -> "%s (%s, %d rows)".formatted(reference.key(), reference.column(), reference.rows()))
                .collect(Collectors.joining("\n"));
        long more = needs.missing() - needs.unmet().size();
        return more == 0 ? names : names + "\nand %d more".formatted(more);
    }
}
