package dev.restage.postgres.internal.replace;

import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.SnapshotId;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** A way to replace everything that a database holds. */
interface Replacement {

    /**
     * Replaces the contents. If it fails, the database is as before or has a marker that says it is incomplete; {@link
     * #effect} tells which.
     *
     * @param filling loads the new contents
     * @param marker what the database says of itself when it is complete
     * @return what was kept of the contents before; empty if they were not worth it
     */
    Optional<SnapshotId> replace(Filling filling, Marker marker) throws SQLException, IOException;

    /** What a replacement that failed has done to the database. */
    Effect effect();

    /** The same for people, with what to do next. */
    String outcome();
}
