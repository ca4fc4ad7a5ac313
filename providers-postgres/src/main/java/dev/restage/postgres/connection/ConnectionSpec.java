package dev.restage.postgres.connection;

import dev.restage.provider.Address;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
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

    private static final int DEFAULT_PORT = 5432;
    private static final int MOST_PORT = 65_535;

    /**
     * Reads an address, {@code postgres://user@host:port/database?passwordVariable=NAME&sslmode=require}. All but host
     * and database can be left out.
     *
     * @param address the address
     * @param variables where the password is looked up, and {@code PGUSER}
     * @return how to reach the database
     */
    public static ConnectionSpec of(Address address, Variables variables) {
        URI uri = uri(address);
        String path = uri.getPath();
        if (uri.getHost() == null
                || path == null
                || path.length() < 2
                || path.indexOf('/', 1) > 0
                || uri.getPort() == 0
                || uri.getPort() > MOST_PORT) {
            throw new IllegalArgumentException(
                    "\"" + address + "\" names no database of a server; write postgres://user@host:5432/database");
        }
        Map<String, String> parameters = address.parameters();
        String user = uri.getUserInfo() != null
                ? uri.getUserInfo()
                : variables.find("PGUSER").orElse(System.getProperty("user.name"));
        String named = parameters.get("passwordVariable");
        Secret password = named != null
                ? variables.secret(named, "to log in to " + address.path())
                : variables.find("PGPASSWORD").map(Secret::of).orElse(null);
        return new ConnectionSpec(
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                path.substring(1),
                user,
                password,
                parameters.getOrDefault("sslmode", "prefer"));
    }

    private static URI uri(Address address) {
        try {
            return new URI("postgres:" + address.path());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is no URL (%s); write postgres://user@host:5432/database, with %%20 for a blank"
                            .formatted(address, e.getReason()));
        }
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
