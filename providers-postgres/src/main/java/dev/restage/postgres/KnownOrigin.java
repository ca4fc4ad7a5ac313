package dev.restage.postgres;

import dev.restage.postgres.internal.content.Origin;
import dev.restage.provider.database.Dataset;

/** What can be copied from, and says by itself how it is read. */
interface KnownOrigin extends Dataset {

    /** What is read when it is copied. */
    Origin origin();
}
