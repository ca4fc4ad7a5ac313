package dev.restage.sandbox.server;

import dev.restage.sandbox.internal.RespConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A real Redis server without persistence, on a free port of 127.0.0.1, with a password.
 *
 * <p>May be used by several threads at once.
 */
public final class RedisServer implements AutoCloseable {

    private static final String PROGRAM = "redis-server";

    private final OwnedProcess process;
    private final int port;
    private final String password;

    private RedisServer(OwnedProcess process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /** {@return a running server with its files in a temporary directory} */
    public static RedisServer start() {
        return start(Directories.createTemporary("restage-redis-"));
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param directory where its configuration goes; made if missing, and removed when the server ends
     * @return the running server
     */
    public static RedisServer start(Path directory) {
        try {
            return Ports.onFreePort(port -> startOn(port, directory));
        } catch (RuntimeException e) {
            Directories.remove(directory);
            throw e;
        }
    }

    /** {@return the host, 127.0.0.1} */
    public String host() {
        return Ports.HOST;
    }

    /** {@return the port} */
    public int port() {
        return port;
    }

    /** {@return the password, for a client that logs in without a user name} */
    public String password() {
        return password;
    }

    /**
     * {@return the URL with the password in it, in the form of a {@code REDIS_URL}}
     * @param database the number of the logical database, 0 to 15
     */
    public String url(int database) {
        return "redis://:%s@%s:%d/%d".formatted(password, host(), port, database);
    }

    /**
     * Writes a key.
     *
     * @param database the number of the logical database
     * @param key the key
     * @param value its value
     */
    public void set(int database, String key, String value) {
        setAll(database, Map.of(key, value));
    }

    /**
     * Writes keys.
     *
     * @param database the number of the logical database
     * @param entries keys and values
     */
    public void setAll(int database, Map<String, String> entries) {
        List<String[]> commands = new ArrayList<>();
        entries.forEach((key, value) -> commands.add(new String[] {"SET", key, value}));
        in(database, redis -> {
            redis.callAll(commands);
            return true;
        });
    }

    /**
     * {@return the value of a key; empty if there is none}
     * @param database the number of the logical database
     * @param key the key
     */
    public Optional<String> get(int database, String key) {
        return in(database, redis -> Optional.ofNullable((String) redis.call("GET", key)));
    }

    /**
     * {@return the keys that match a pattern, sorted}
     * @param database the number of the logical database
     * @param pattern a glob, as {@code SCAN} takes it
     */
    public Set<String> keys(int database, String pattern) {
        return in(database, redis -> {
            Set<String> keys = new TreeSet<>();
            if (redis.call("KEYS", pattern) instanceof List<?> found) {
                found.forEach(key -> keys.add(String.valueOf(key)));
            }
            return keys;
        });
    }

    /**
     * Removes a key; one that is missing is fine.
     *
     * @param database the number of the logical database
     * @param key the key
     */
    public void delete(int database, String key) {
        in(database, redis -> Optional.ofNullable(redis.call("DEL", key)));
    }

    /** Stops the server. Does nothing the second time. */
    @Override
    public void close() {
        process.close();
    }

    private static RedisServer startOn(int port, Path directory) {
        String password = Passwords.next();
        try {
            Path configuration = Directories.create(directory).resolve("redis.conf");
            // A file, because a command line is readable by everybody.
            Files.createFile(
                    configuration, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(configuration, """
                    bind %s
                    port %d
                    requirepass %s
                    save ""
                    appendonly no
                    dir %s
                    """.formatted(Ports.HOST, port, password, directory));
            Path program = BinaryCache.directoryOf(Platform.current().redisProgram(), (packed, target) -> {
                        Path file = target.resolve(PROGRAM);
                        Files.copy(packed, file);
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                    })
                    .resolve(PROGRAM);
            OwnedProcess process = OwnedProcess.start(
                    "Redis",
                    OwnedProcess.StopSignal.TERM,
                    directory,
                    List.of(program.toString(), configuration.toString()));
            RedisServer server = new RedisServer(process, port, password);
            process.awaitReady(server::answers, "Address already in use");
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the configuration of Redis to " + directory, e);
        }
    }

    private boolean answers() {
        try (RespConnection redis = RespConnection.to(URI.create(url(0)))) {
            return "PONG".equals(redis.call("PING"));
        } catch (IOException e) {
            return false;
        }
    }

    private <T> T in(int database, Call<T> call) {
        try (RespConnection redis = RespConnection.to(URI.create(url(database)))) {
            return call.on(redis);
        } catch (IOException e) {
            throw new UncheckedIOException("Redis on port %d".formatted(port), e);
        }
    }

    private interface Call<T> {
        T on(RespConnection redis) throws IOException;
    }
}
