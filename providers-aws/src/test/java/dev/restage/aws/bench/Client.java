package dev.restage.aws.bench;

import dev.restage.Restage;
import dev.restage.media.MediaJournal;
import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncResult;
import dev.restage.provider.Progress;
import dev.restage.provider.media.MediaStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Syncs, as a script would that is started for it, or as a tool that runs anyway and is told by lines what to sync. */
final class Client {

    private Client() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2) {
            sync(arguments[0], arguments[1]);
            return;
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            long begun = System.nanoTime();
            sync(words[0], words[1]);
            System.out.println((System.nanoTime() - begun) / 1e9);
        }
    }

    private static void sync(String source, String target) {
        try (Restage restage =
                Restage.builder().variables(Map.copyOf(System.getenv())).build()) {
            MediaStore from = restage.open(source, MediaStore.class);
            MediaStore to = restage.openToWrite(target, MediaStore.class);
            // Where the step that syncs media has it.
            Path memory = Path.of(System.getenv("RESTAGE_HOME"), "memory", "media");
            try (MediaJournal journal = MediaJournal.open(memory, from.identity(), to.identity())) {
                MediaSyncResult result = MediaSync.between(from, to, MediaSyncOptions.standard())
                        .journal(journal)
                        .run(Progress.NONE);
                System.err.println(result.copiedObjects() + " copied");
            }
        }
    }
}
