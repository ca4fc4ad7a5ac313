package dev.restage.postgres.internal.session;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says in our terms why a server refused, and never with a value of a row in it. */
public final class ServerErrors {

    private static final Pattern COPY_PLACE = Pattern.compile("COPY (\\S+), line (\\d+)(?:, column (\\w+))?");

    /**
     * Classes of errors whose texts are the server's own and name no values. All others may be raised by a function with
     * a text of its own, or quote what was refused. Source: PostgreSQL documentation, appendix A.
     */
    private static final Pattern WITHOUT_VALUES =
            Pattern.compile("(?:08|0A|23|25|26|28|2B|3D|3F|40|42|53|54|55|57|58|F0|XX).{3}");

    private ServerErrors() {}

    /** For a call that has not changed anything. */
    public static ProviderException of(ConnectionSpec database, String doing, SQLException e) {
        return new ProviderException(
                kind(e), "cannot %s %s: %s".formatted(doing, database, sentence(database, e)), Effect.NONE, null);
    }

    public static Kind kind(SQLException e) {
        String state = state(e);
        return switch (state) {
            case "28P01", "28000", "42501" -> Kind.DENIED;
            case "3D000" -> Kind.NOT_FOUND;
            case "55P03", "55006", "40P01" -> Kind.CONFLICT;
            case "0A000" -> Kind.UNSUPPORTED;
            default ->
                state.startsWith("08") || state.startsWith("53") || state.startsWith("57P")
                        ? Kind.UNAVAILABLE
                        : Kind.FAILED;
        };
    }

    /** Whether others held a lock for too long. */
    public static boolean isLockTimeout(SQLException e) {
        return state(e).equals("55P03");
    }

    /** Whether a statement was ended by its time limit or from outside. */
    public static boolean isCancelled(SQLException e) {
        return state(e).equals("57014");
    }

    /** Whether a row refers to another that is not there. */
    public static boolean isOrphan(SQLException e) {
        return state(e).equals("23503");
    }

    /** Whether the server could not say how the statement ended. */
    public static boolean isConnectionLost(SQLException e) {
        return state(e).startsWith("08") || state(e).startsWith("57P");
    }

    public static String sentence(ConnectionSpec database, SQLException e) {
        return switch (state(e)) {
            case "28P01" ->
                "the password of user %s is wrong or missing; check the variable that holds it"
                        .formatted(database.user());
            case "28000" -> "user %s may not log in there; check user, host and sslmode".formatted(database.user());
            case "3D000" -> "there is no such database; check the address";
            case "42501" -> "%s; grant that to the role, then run again".formatted(text(e));
            case "53100" -> "%s; free space on its disk or raise its plan's limit, then run again".formatted(text(e));
            case "53300" -> "it has no free connection; close others or raise its limit, then run again";
            case "55P03" -> "%s; end what uses it, then run again".formatted(text(e));
            case "57P01", "57P02", "57P03" ->
                "the server is going down or coming up (%s); run again in a moment".formatted(text(e));
            case "08001", "08003", "08004", "08006" ->
                "no connection (%s); check host, port and network, then run again".formatted(text(e));
            default -> text(e);
        };
    }

    /** What the server says, without the parts in which it quotes rows. */
    public static String text(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException answered ? answered.getServerErrorMessage() : null;
        if (server == null) {
            return String.valueOf(e.getMessage());
        }
        if (isLockTableFull(server)) {
            return "the server's lock table is full; raise max_locks_per_transaction there, restart it and run again";
        }
        String state = state(e);
        String place = place(server.getWhere());
        if (!WITHOUT_VALUES.matcher(state).matches()) {
            return "the server refused a value (SQLSTATE %s)%s; look at the masks and checks of that table"
                    .formatted(state, place);
        }
        String help = isOrphan(e)
                ? "; rows refer to others that are not there: correct them in the source, or keep them by CopyOptions.Orphans.KEEP"
                : "";
        return server.getMessage() + place + help;
    }

    /** Its advice names the setting in every language. */
    private static boolean isLockTableFull(ServerErrorMessage server) {
        return String.valueOf(server.getHint()).contains("max_locks_per_transaction");
    }

    private static String place(@org.jspecify.annotations.Nullable String where) {
        Matcher copy = COPY_PLACE.matcher(where == null ? "" : where);
        if (!copy.find()) {
            return "";
        }
        String column = copy.group(3) == null ? "" : ", column " + copy.group(3);
        return " in table %s, row %s%s".formatted(copy.group(1), copy.group(2), column);
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
