package dev.restage.provider;

import java.sql.Connection;

/** A live SQL database. */
public interface Database extends Dataset {

    /**
     * {@return a connection that cannot write: the server itself refuses} The caller closes it. It commits
     * automatically and finds tables by the database's own search path.
     */
    Connection read();

    /** {@return a connection that can write, to be closed by the caller; it commits automatically} */
    @Writes
    Connection write();
}
