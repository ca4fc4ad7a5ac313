package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.session.Sessions;
import java.io.IOException;
import java.sql.SQLException;

/** Loads contents into a database that has none, and proves that they are there. */
@FunctionalInterface
interface Filling {

    void into(Sessions database) throws SQLException, IOException;
}
