package dev.restage.postgres.internal.content;

import dev.restage.provider.database.CopyOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** What contents are read from: a live database, or an archive. */
public interface Origin {

    /** How the texts of its rows came about. */
    enum Texts {
        /** A session of ours writes them. */
        OURS,
        /** Another program wrote them, under other settings perhaps. */
        FOREIGN
    }

    Texts texts();

    /** Why it must not be read, a sentence each; empty if it may. */
    default List<String> problems() throws SQLException, IOException {
        return List.of();
    }

    /**
     * Opens one view of it.
     *
     * @param options which rows are wanted, and by how many connections
     * @param targetMajor the major version of the server that its definitions are for
     */
    Source open(CopyOptions options, int targetMajor) throws SQLException, IOException;
}
