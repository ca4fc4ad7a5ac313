package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.session.ServerErrors;
import java.sql.SQLException;

/** A server refused something that has a name. The message never quotes a row. */
final class EntryException extends SQLException {

    private static final long serialVersionUID = 1L;

    EntryException(String name, SQLException why) {
        super("%s: %s".formatted(name, ServerErrors.text(why)), why.getSQLState());
    }
}
