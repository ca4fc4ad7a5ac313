package dev.restage.postgres.internal.replace;

import dev.restage.provider.database.SnapshotId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names of snapshots: when they were taken, and something that no other has. They sort by time. */
final class SnapshotName {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final String FORM = "\\d{8}T\\d{6}\\.\\d{3}Z-[0-9a-f]{8}";

    /** How long a name is. */
    static final int LENGTH = 29;

    private static final Pattern NAME = Pattern.compile(FORM);

    private SnapshotName() {}

    static SnapshotId next() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new SnapshotId(
                TIME.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8));
    }

    static boolean isOne(String text) {
        return NAME.matcher(text).matches();
    }

    static Instant takenAt(SnapshotId id) {
        return TIME.parse(id.value().substring(0, id.value().lastIndexOf('-')), Instant::from);
    }
}
