package dev.restage.postgres.internal.schema;

import java.util.regex.Pattern;

/** Tells definitions in which a password stands: in the ways in which other servers are reached. */
final class Passwords {

    /** {@code scheme://user:password@host}; a placeholder of format() or a variable is none. */
    private static final Pattern URL =
            Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]*://[^\\s:/@'\"%$]+:[^\\s/@'\"%$]+@[\\w\\[]");

    /** A connection string with a password in it. Source: PostgreSQL manual, 32.1.1 Connection Strings. */
    private static final Pattern CONNECTION =
            Pattern.compile("(?i)'(?=[^']*\\b(?:host|hostaddr|port|dbname|user|service|sslmode)\\s*=)(?:[^']|'')*'");

    private static final Pattern PASSWORD_IN_IT = Pattern.compile("(?i)\\bpassword\\s*=\\s*(?:''(?!')[^']|[^\\s'%$])");

    /** Options of servers, foreign tables and wrappers. */
    private static final Pattern OPTION = Pattern.compile(
            "(?i)\\b(?:password|passwd|secret|secret_key|secret_access_key|aws_secret_access_key|api_key|access_token|token)"
                    + "\\s+'(?!')[^']");

    private static final Pattern HEADER =
            Pattern.compile("(?i)authorization[^\\w]{1,12}(?:bearer|basic|token)\\s+[\\w.~+/=-]{6,}");

    private static final Pattern OF_OPTIONS = Pattern.compile("(?i)\\bOPTIONS\\s*\\(");

    private Passwords() {}

    static boolean in(String definition) {
        return URL.matcher(definition).find()
                || HEADER.matcher(definition).find()
                || (OF_OPTIONS.matcher(definition).find()
                        && OPTION.matcher(definition).find())
                || CONNECTION
                        .matcher(definition)
                        .results()
                        .anyMatch(found -> PASSWORD_IN_IT.matcher(found.group()).find());
    }
}
