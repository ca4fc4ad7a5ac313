package dev.restage.postgres.connection;

import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a PostgreSQL database is reached.
 *
 * @param host the server
 * @param port its port
 * @param database the database's name
 * @param user the role to log in as
 * @param password its password; without one, {@code ~/.pgpass} is asked
 * @param sslMode as libpq names it: {@code disable}, {@code prefer}, {@code require}, {@code verify-full}
 */
public record ConnectionSpec(
        String host,
        int port,
        String database,
        String user,
        @Nullable Secret password,
        String sslMode) {

    private static final Pattern SCHEME = Pattern.compile("postgres(?:ql)?:");
    private static final Pattern SSL_MODE = Pattern.compile("(?:^|&)sslmode=([a-z-]+)");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\..*|\\[::1]");

    /**
     * Reads an address, {@code postgres://user@host:port/database?passwordVariable=NAME&sslmode=require}. All but host
     * and database can be left out.
     *
     * @param address the address
     * @param variables where the password is looked up, and {@code PGUSER}
     * @return how to reach the database
     */
    public static ConnectionSpec of(Address address, Variables variables) {
        DatabaseUrl url = DatabaseUrl.of(address.path())
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"%s\" names no database of a server; write postgres://user@host:5432/database, with %%20 for a blank"
                                .formatted(address)));
        Map<String, String> parameters = address.parameters();
        String user =
                url.user() != null ? url.user() : variables.find("PGUSER").orElse(System.getProperty("user.name"));
        String named = parameters.get("passwordVariable");
        Secret password = named != null
                ? variables.secret(named, "to log in to " + address.path())
                : variables.find("PGPASSWORD").map(Secret::of).orElse(null);
        return new ConnectionSpec(
                url.host(), url.port(), url.database(), user, password, parameters.getOrDefault("sslmode", "prefer"));
    }

    /**
     * Reads a URL with its password, as hosting companies put one into a variable. A server that is not on this machine has to speak
     * TLS unless the URL says otherwise. No message shows any of the URL.
     *
     * @param url {@code postgres://user:password@host:port/database?sslmode=require}, also {@code postgresql:}
     * @param where what holds it, for messages
     * @return how to reach the database
     * @throws ProviderException {@code FAILED} if it is no such URL
     */
    public static ConnectionSpec of(Secret url, String where) {
        Matcher scheme = SCHEME.matcher(url.reveal());
        DatabaseUrl parts = (scheme.lookingAt()
                        ? DatabaseUrl.of(url.reveal().substring(scheme.end()))
                        : Optional.<DatabaseUrl>empty())
                .filter(found -> found.user() != null)
                .orElseThrow(() -> new ProviderException(
                        Kind.FAILED, where + " holds no URL of a PostgreSQL database; name another", null));
        Matcher sslMode = SSL_MODE.matcher(parts.query());
        String usual = LOOPBACK.matcher(parts.host()).matches() ? "prefer" : "require";
        return new ConnectionSpec(
                parts.host(),
                parts.port(),
                parts.database(),
                Objects.requireNonNull(parts.user()),
                parts.password() == null ? null : Secret.of(parts.password()),
                sslMode.find() ? sslMode.group(1) : usual);
    }

    /**
     * Names another database that is reached the same way.
     *
     * @param name the other database
     * @return how to reach it
     */
    public ConnectionSpec inDatabase(String name) {
        return new ConnectionSpec(host, port, name, user, password, sslMode);
    }

    /** {@return host and database, as messages name them} */
    @Override
    public String toString() {
        return "%s on %s:%d".formatted(database, host, port);
    }
}
