package dev.restage.redis;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection to one logical database, for one operation; nothing of it is left when it closes. */
final class RedisSession implements AutoCloseable {

    private static final int KEYS_PER_SCAN = 1000;

    private final StatefulRedisConnection<byte[], byte[]> connection;

    private RedisSession(StatefulRedisConnection<byte[], byte[]> connection) {
        this.connection = connection;
    }

    /** Does work on a database and explains what goes wrong. */
    static <T> T in(RedisLocation location, int database, Function<RedisSession, T> work) {
        RedisClient client = RedisClient.create(location.uri(database));
        try (RedisSession session = new RedisSession(client.connect(ByteArrayCodec.INSTANCE))) {
            session.refuseCluster(location);
            return work.apply(session);
        } catch (RedisException e) {
            throw explained(location, database, e);
        } finally {
            client.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }

    /** A line of the server's own description. */
    String info(String name) {
        Matcher line = Pattern.compile("(?m)^" + name + ":(.*?)\\r?$")
                .matcher(connection.sync().info("server"));
        return line.find() ? line.group(1) : "";
    }

    /** Hands over the keys that match, in batches; a key may come twice while the server resizes its table. */
    void scan(String pattern, Consumer<List<byte[]>> batches) {
        ScanArgs arguments = ScanArgs.Builder.matches(pattern).limit(KEYS_PER_SCAN);
        KeyScanCursor<byte[]> cursor = connection.sync().scan(ScanCursor.INITIAL, arguments);
        while (true) {
            if (!cursor.getKeys().isEmpty()) {
                batches.accept(cursor.getKeys());
            }
            if (cursor.isFinished()) {
                return;
            }
            cursor = connection.sync().scan(cursor, arguments);
        }
    }

    /** Sends the command and does not wait. */
    RedisFuture<Long> unlink(List<byte[]> keys) {
        return connection.async().unlink(keys.toArray(byte[][]::new));
    }

    @Override
    public void close() {
        connection.close();
    }

    private void refuseCluster(RedisLocation location) {
        if (info("redis_mode").equals("cluster")) {
            throw new ProviderException(
                    Kind.UNSUPPORTED,
                    "%s is a Redis Cluster, which cannot be purged by prefix here; purge it with the application"
                            .formatted(location),
                    ProviderException.Effect.NONE,
                    null);
        }
    }

    private static ProviderException explained(RedisLocation location, int database, RedisException failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause.getMessage()).append('\n');
        }
        String said = text.toString();
        if (said.contains("WRONGPASS") || said.contains("NOAUTH") || said.contains("invalid password")) {
            return error(
                    Kind.DENIED,
                    location,
                    "the password is wrong or missing; set passwordVariable in its address",
                    failure);
        }
        if (said.contains("NOPERM")) {
            return error(
                    Kind.DENIED, location, "its user may not INFO, SCAN and UNLINK; grant it these commands", failure);
        }
        if (said.contains("DB index is out of range")) {
            return error(
                    Kind.NOT_FOUND,
                    location,
                    "there is no database %d; correct the address".formatted(database),
                    failure);
        }
        if (said.contains("certif") || said.contains("PKIX")) {
            return error(
                    Kind.UNAVAILABLE,
                    location,
                    "its certificate is not trusted; for a self-signed one add verify=no",
                    failure);
        }
        return error(
                Kind.UNAVAILABLE, location, "it cannot be reached; check host, port and TLS, and run again", failure);
    }

    private static ProviderException error(Kind kind, RedisLocation location, String why, Throwable cause) {
        return new ProviderException(kind, "%s: %s".formatted(location, why), cause);
    }
}
