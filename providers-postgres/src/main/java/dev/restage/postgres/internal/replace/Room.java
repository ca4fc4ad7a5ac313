package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether there is room for what is to come. A server does not tell how much its disk can take, so of a database only
 * what its owner says is known; what a file system has left is known.
 */
final class Room {

    /** No common text is compressed to less than this share of what its rows take in a database. */
    private static final int BEST_COMPRESSION = 10;

    private Room() {}

    /** How a database is replaced, which decides what it has to hold at once. */
    enum Way {
        /** Old and new contents. */
        BESIDE,
        /** The new contents only. */
        IN_PLACE
    }

    /**
     * What stands against filling a database; empty if nothing does.
     *
     * @param capacity what the database may hold in all
     * @param bytes what is to come, at least
     */
    static Optional<String> problem(Sessions target, long capacity, long bytes, Way way) throws SQLException {
        long kept = way == Way.BESIDE ? size(target) : 0;
        return bytes + kept <= capacity
                ? Optional.empty()
                : Optional.of("%s may hold %s and needs %s%s: raise its plan, or copy tables without their rows"
                        .formatted(
                                target.database(),
                                megabytes(capacity),
                                megabytes(bytes),
                                kept == 0 ? "" : " beside the %s that it holds".formatted(megabytes(kept))));
    }

    /**
     * What stands against writing an archive; empty if it may fit.
     *
     * @param bytes what its rows take in the database
     */
    static Optional<String> problem(Path file, long bytes) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        return problem(folder, Files.getFileStore(folder).getUsableSpace(), bytes);
    }

    static Optional<String> problem(Path folder, long usable, long bytes) {
        long least = bytes / BEST_COMPRESSION;
        return least <= usable
                ? Optional.empty()
                : Optional.of(
                        "%s has %s left and the rows need %s even if they are compressed well: free space there, or name another folder"
                                .formatted(folder, megabytes(usable), megabytes(least)));
    }

    private static long size(Sessions target) throws SQLException {
        try (Connection connection = target.read()) {
            return new Query(connection).one("SELECT pg_database_size(current_database())", row -> row.getLong(1));
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
