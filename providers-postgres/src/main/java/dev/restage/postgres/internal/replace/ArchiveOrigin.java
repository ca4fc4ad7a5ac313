package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.archive.ArchiveSource;
import dev.restage.postgres.internal.content.Origin;
import dev.restage.postgres.internal.content.Source;
import dev.restage.provider.database.CopyOptions;
import java.nio.file.Path;

/** An archive file as something to read from. */
public final class ArchiveOrigin implements Origin {

    private final Path file;

    public ArchiveOrigin(Path file) {
        this.file = file;
    }

    @Override
    public Texts texts() {
        return Texts.FOREIGN;
    }

    @Override
    public Source open(CopyOptions options, int targetMajor) {
        return ArchiveSource.of(file, options.without());
    }

    @Override
    public String toString() {
        return "archive " + file;
    }
}
