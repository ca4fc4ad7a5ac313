package dev.restage.postgres.internal.proof;

import java.util.List;
import java.util.Optional;

/** Searches the columns of one table; columns that are kept are none of them. */
record TableSearch(List<String> columns) {

    /** For one thread. */
    static final class Reader {
        void row(byte[] row) {}

        void end() {}
    }

    Optional<Reader> reader(List<String> columns) {
        return Optional.empty();
    }
}
