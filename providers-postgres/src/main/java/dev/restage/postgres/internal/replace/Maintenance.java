package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.ProviderException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a database of the same server from which another one can be renamed and locked. */
final class Maintenance {

    private Maintenance() {}

    /** The first of the databases that every server has by default, which the role can connect to. */
    static Optional<Sessions> of(Sessions target) {
        return Stream.of("postgres", "template1")
                .filter(name -> !name.equals(target.database().database()))
                .map(target::at)
                .filter(Maintenance::answers)
                .findFirst();
    }

    private static boolean answers(Sessions sessions) {
        try (Connection connection = sessions.read()) {
            return connection.isValid(0);
        } catch (ProviderException | SQLException e) {
            // Many hosts deny it, and some have no such database: then there is no way around the target itself.
            return false;
        }
    }
}
