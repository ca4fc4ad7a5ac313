package dev.restage.step.media;

import dev.restage.media.MediaJournal;
import dev.restage.plan.StepContext;
import dev.restage.provider.media.MediaStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where steps find what is remembered of two media stores. */
final class Journals {

    /** So long another process may take for its preview. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Journals() {}

    static Path file(StepContext context, String name) {
        return context.memory().resolve("media").resolve(name);
    }

    /** For a look: nothing is remembered while another process holds it. */
    static MediaJournal look(StepContext context, MediaStore from, MediaStore to) {
        return MediaJournal.open(file(context, MediaJournal.name(from.identity(), to.identity())));
    }

    /** What is changed without a journal could not be undone, so it waits until previews of other processes have ended. */
    static MediaJournal alone(StepContext context, MediaStore from, MediaStore to) {
        return alone(context, file(context, MediaJournal.name(from.identity(), to.identity())));
    }

    static MediaJournal alone(StepContext context, Path file) {
        List<MediaJournal> opened = new ArrayList<>();
        context.await("the media journal %s, which another process holds".formatted(file), LIMIT, () -> {
            MediaJournal journal = MediaJournal.open(file);
            return journal != MediaJournal.NONE && opened.add(journal);
        });
        return opened.get(0);
    }
}
