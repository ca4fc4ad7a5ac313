package dev.restage.sandbox.vendor.internal.app;

import dev.restage.sandbox.internal.UserInfo;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A database as Heroku writes it, {@code postgres://user:password@host:port/name}. */
public record DatabaseUrl(URI url) {

    public static DatabaseUrl of(String url) {
        return new DatabaseUrl(URI.create(url));
    }

    /** {@return whether it is such a URL at all} */
    public static boolean is(String value) {
        return value.startsWith("postgres://") || value.startsWith("postgresql://");
    }

    public String name() {
        return url.getPath().substring(1);
    }

    public String user() {
        return UserInfo.of(url).user();
    }

    public String password() {
        return UserInfo.of(url).password();
    }

    public int port() {
        return url.getPort() < 0 ? 5432 : url.getPort();
    }

    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user());
        properties.setProperty("password", password());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "django");
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(url.getHost(), port(), name()), properties);
    }
}
