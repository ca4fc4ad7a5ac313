package dev.restage.postgres.internal.session;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.Query;

/**
 * Which statements the driver would send for a text. It cuts a text at its semicolons and translates JDBC's escapes; what it
 * then sends as one is one, for the server refuses several in one message of the extended protocol.
 */
final class Statements {

    /**
     * What ends a transaction or begins the next; {@code COPY}, whose files and programs are not the transaction's; and locks, which
     * keep others from writing though they write nothing.
     */
    private static final Set<String> REFUSED =
            Set.of("commit", "end", "rollback", "abort", "begin", "start", "prepare transaction", "copy", "lock");

    /**
     * Functions that act at once and stay done when the transaction is rolled back. A name that is put together from parts is not
     * seen: the role's rights are what holds.
     */
    private static final Pattern LASTING = Pattern.compile(
            "(?i)\\b(pg_(terminate|cancel)_backend|pg_reload_conf|pg_rotate_logfile\\w*|pg_switch_wal|pg_promote"
                    + "|pg_create_restore_point|pg_logical_emit_message|pg_(create|drop|copy)_\\w*replication_slot"
                    + "|pg_replication_\\w*|pg_wal_replay_(pause|resume)|pg_stat_reset\\w*|pg_stat_statements_reset"
                    + "|pg_(try_)?advisory_\\w+|pg_file_(write|rename|unlink)|lo_(import|export)|dblink\\w*)\\b");

    private Statements() {}

    static void refuseEndOfTransaction(BaseConnection connection, String sql, boolean callable) throws SQLException {
        if (callable) {
            CachedQuery query = connection.getQueryExecutor().borrowCallableQuery(sql);
            try {
                refuse(query.query);
            } finally {
                connection.getQueryExecutor().releaseQuery(query);
            }
        }
        // A statement can be told to leave escapes alone.
        refuse(connection.createQuery(sql, true, true).query);
        refuse(connection.createQuery(sql, false, true).query);
    }

    private static void refuse(Query query) throws SQLException {
        Query[] parts = query.getSubqueries();
        for (Query part : parts == null ? new Query[] {query} : parts) {
            Matcher lasting = LASTING.matcher(part.getNativeSql());
            if (lasting.find()) {
                throw ReadOnlyConnection.refused(
                        lasting.group() + " is not sent, as no rollback takes back what it does");
            }
            String beginning = beginning(part.getNativeSql());
            for (String word : REFUSED) {
                if (beginning.equals(word) || beginning.startsWith(word + " ")) {
                    throw ReadOnlyConnection.refused(word.toUpperCase(Locale.ROOT)
                            + " is not sent, as all is read in one transaction and nobody is kept waiting");
                }
            }
        }
    }

    /** The first two words in small letters, without comments and brackets before and between them. */
    static String beginning(String sql) {
        StringBuilder words = new StringBuilder();
        int at = 0;
        int found = 0;
        while (found < 2) {
            at = skipped(sql, at);
            int end = at;
            while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
                end++;
            }
            if (end == at) {
                break;
            }
            words.append(found == 0 ? "" : " ").append(sql, at, end);
            found++;
            at = end;
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }

    private static int skipped(String sql, int from) {
        int at = from;
        while (at < sql.length()) {
            if (" \t\n\r\f\u000b;(".indexOf(sql.charAt(at)) >= 0) {
                at++;
            } else if (sql.startsWith("--", at)) {
                while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
                    at++;
                }
            } else if (sql.startsWith("/*", at)) {
                at = behindComment(sql, at);
            } else {
                break;
            }
        }
        return at;
    }

    /** Comments of this kind can lie in each other. */
    private static int behindComment(String sql, int from) {
        int depth = 0;
        int at = from;
        while (at < sql.length()) {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
                if (depth == 0) {
                    return at;
                }
            } else {
                at++;
            }
        }
        return at;
    }
}
