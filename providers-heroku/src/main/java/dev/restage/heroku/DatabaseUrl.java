package dev.restage.heroku;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the URL of a database as Heroku puts it into a config var; no message shows any of it. */
final class DatabaseUrl {

    private static final Pattern FORM = Pattern.compile(
            "postgres(?:ql)?://([^:@/]*)(?::([^@/]*))?@(\\[[^]]+]|[^:/?]+)(?::(\\d+))?/([^?]+)(?:\\?(.*))?");
    private static final Pattern SSL_MODE = Pattern.compile("(?:^|&)sslmode=([a-z-]+)");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\..*|\\[::1]");

    private DatabaseUrl() {}

    static ConnectionSpec parse(String url, String where) {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            throw new ProviderException(
                    Kind.FAILED, where + " holds no URL of a PostgreSQL database; name another config var", null);
        }
        String host = form.group(3);
        String password = form.group(2);
        return new ConnectionSpec(
                host,
                form.group(4) == null ? 5432 : Integer.parseInt(form.group(4)),
                decoded(form.group(5)),
                decoded(form.group(1)),
                password == null || password.isEmpty() ? null : Secret.of(decoded(password)),
                sslMode(form.group(6) == null ? "" : form.group(6), host));
    }

    /** Heroku's servers speak TLS with certificates of their own authority; only a server on this machine may do without. */
    private static String sslMode(String query, String host) {
        return Optional.of(SSL_MODE.matcher(query))
                .filter(Matcher::find)
                .map(mode -> mode.group(1))
                .orElse(LOOPBACK.matcher(host).matches() ? "prefer" : "require");
    }

    /** In this part of a URL a plus sign is a plus sign. */
    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
