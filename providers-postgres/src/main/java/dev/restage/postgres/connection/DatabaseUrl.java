package dev.restage.postgres.connection;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a database, taken apart and decoded, but for its scheme. Passwords are often not encoded as URLs want it, so nothing is
 * refused that can be told apart.
 *
 * @param user null without one
 * @param password null without one
 * @param query what follows the question mark, as it is written
 */
record DatabaseUrl(
        @Nullable String user, @Nullable String password, String host, int port, String database, String query) {

    private static final Pattern FORM = Pattern.compile(
            "//(?:([^:@/]*)(?::([^@/]*))?@)?(\\[[^]]+]|[^:/?#@\\s]+)(?::(\\d{1,5}))?/([^/?#\\s]+)(?:\\?(.*))?");

    private static final int DEFAULT_PORT = 5432;
    private static final int MOST_PORT = 65_535;

    /** Reads {@code //user:password@host:port/database?query}; empty if it is none. */
    static Optional<DatabaseUrl> of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = form.group(4) == null ? DEFAULT_PORT : Integer.parseInt(form.group(4));
        if (port == 0 || port > MOST_PORT) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DatabaseUrl(
                    decoded(form.group(1)),
                    decoded(form.group(2)),
                    form.group(3),
                    port,
                    decode(form.group(5)),
                    form.group(6) == null ? "" : form.group(6)));
        } catch (IllegalArgumentException e) {
            // A percent sign that encodes nothing.
            return Optional.empty();
        }
    }

    private static @Nullable String decoded(@Nullable String part) {
        return part == null || part.isEmpty() ? null : decode(part);
    }

    /** In these parts of a URL a plus sign is a plus sign. */
    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "//%s:%d/%s".formatted(host, port, database);
    }
}
