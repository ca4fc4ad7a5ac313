package dev.restage.step.media;

import dev.restage.media.NeededFiles;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.database.Database;
import dev.restage.provider.media.MediaQuery;
import dev.restage.provider.media.MediaReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The media files that a database names.
 *
 * @param database the database to ask: that of the target, as its rows name files as they are called there
 * @param query which files count
 * @param filledBy the name of the step of the plan that fills the database before: until then it names other files; null
 *     if there is none
 */
public record NeededMedia(
        Address database, MediaQuery query, @Nullable String filledBy) {

    NeededFiles ask(StepContext context) {
        try (Stream<MediaReference> references =
                context.use(database, Database.class).media(query)) {
            return NeededFiles.of(references);
        }
    }
}
