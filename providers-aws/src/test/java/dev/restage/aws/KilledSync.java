package dev.restage.aws;

import dev.restage.media.MediaJournal;
import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.media.folder.FolderModule;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.media.MediaStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** The process that {@link KilledSyncTest} kills, and what it does itself when it goes on. */
final class KilledSync {

    static final String BEGINS = "begins";

    static final Instant STARTED_AT = Instant.parse("2026-03-01T10:00:00Z");

    static final MediaSyncOptions OPTIONS = MediaSyncOptions.builder()
            .exclude("kept/")
            .surplus(Surplus.DELETE)
            .maxDeleteShare(1)
            .trashDays(7)
            .parallelCopies(8)
            .build();

    private KilledSync() {}

    /** Arguments: endpoint, key id, secret, folder of the journal, source, target. */
    public static void main(String[] arguments) {
        try (MediaStore source = open(arguments, arguments[4]);
                MediaStore target = open(arguments, arguments[5]);
                MediaJournal journal = MediaJournal.open(Path.of(arguments[3]), source.identity(), target.identity())) {
            System.out.println(BEGINS);
            sync(source, target, journal).run("r1", STARTED_AT, Progress.NONE);
        }
    }

    static MediaSync sync(MediaStore source, MediaStore target, MediaJournal journal) {
        return MediaSync.between(source, target, OPTIONS).journal(journal);
    }

    static MediaStore open(String[] arguments, String address) {
        AwsConfig config = new AwsConfig(
                URI.create(arguments[0]),
                AwsConfig.Style.PATH,
                null,
                null,
                new AwsConfig.Key(arguments[1], Secret.of(arguments[2]), null),
                AwsConfig.FIVE_MIB,
                false,
                null);
        return Stores.open(address.startsWith("file:") ? new FolderModule() : new AwsModule(config), Map.of(), address);
    }
}
