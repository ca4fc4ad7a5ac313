package dev.restage.redis;

import dev.restage.provider.Address;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import io.lettuce.core.RedisURI;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where keys are: a server, numbers of logical databases, and Django's prefix, which may be empty. */
record RedisLocation(
        String host,
        int port,
        boolean encrypted,
        boolean verified,
        @Nullable String user,
        @Nullable Secret password,
        List<Integer> databases,
        String prefix) {

    private static final int PORT = 6379;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    static RedisLocation of(Address address, Variables variables) {
        String variable = address.parameters().get("passwordVariable");
        Optional<Secret> password = variable == null
                ? variables.find("REDIS_PASSWORD").map(Secret::of)
                : Optional.of(variables.secret(variable, "for " + address));
        return of(address, uri(address.scheme() + ":" + address.path(), address.toString()), password);
    }

    static RedisLocation ofVariable(Address address, Variables variables) {
        String url = variables.secret(address.path(), "for " + address).reveal();
        URI uri = uri(url, "the value of the variable " + address.path());
        String info = uri.getRawUserInfo();
        Optional<Secret> password = Optional.ofNullable(info)
                .filter(text -> text.indexOf(':') >= 0 && !text.endsWith(":"))
                .map(text -> Secret.of(URLDecoder.decode(
                        text.substring(text.indexOf(':') + 1).replace("+", "%2B"), StandardCharsets.UTF_8)));
        return of(address, uri, password);
    }

    private static RedisLocation of(Address address, URI uri, Optional<Secret> password) {
        Map<String, String> parameters = address.parameters();
        String number = uri.getPath().replace("/", "");
        String databases = parameters.getOrDefault("databases", number.isEmpty() ? "0" : number);
        if (!databases.matches("\\d{1,4}(,\\d{1,4})*")) {
            throw new IllegalArgumentException(
                    "\"%s\" are no database numbers in %s; write ...:6379/0 or ?databases=0,1"
                            .formatted(databases, address));
        }
        return new RedisLocation(
                uri.getHost(),
                uri.getPort() < 0 ? PORT : uri.getPort(),
                uri.getScheme().equals(RedisModule.REDISS),
                !"no".equals(parameters.get("verify")),
                user(uri),
                password.orElse(null),
                Arrays.stream(databases.split(","))
                        .map(Integer::valueOf)
                        .distinct()
                        .sorted()
                        .toList(),
                parameters.getOrDefault("prefix", ""));
    }

    /** Older Heroku URLs have a meaningless user "h", to be left out. */
    private static @Nullable String user(URI uri) {
        String info = uri.getUserInfo();
        String user = info == null ? "" : info.split(":", 2)[0];
        return user.isEmpty() || user.equals("h") ? null : user;
    }

    /** The message must not show the text, which may hold a password. */
    private static URI uri(String text, String name) {
        try {
            URI uri = new URI(text.strip());
            boolean known = RedisModule.REDIS.equals(uri.getScheme()) || RedisModule.REDISS.equals(uri.getScheme());
            if (known && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw noRedis(name);
        }
        throw noRedis(name);
    }

    private static IllegalArgumentException noRedis(String name) {
        return new IllegalArgumentException(
                "%s is no Redis address; write redis://host:6379/0?prefix=name, or rediss: with TLS".formatted(name));
    }

    RedisURI uri(int database) {
        RedisURI.Builder builder = RedisURI.builder()
                .withHost(host)
                .withPort(port)
                .withDatabase(database)
                .withSsl(encrypted)
                .withVerifyPeer(verified)
                .withTimeout(LONGEST_ANSWER);
        if (password != null && user != null) {
            builder.withAuthentication(user, password.reveal().toCharArray());
        } else if (password != null) {
            builder.withPassword(password.reveal().toCharArray());
        }
        return builder.build();
    }

    /** The glob of all keys that Django writes with this prefix. */
    String everything() {
        // With an empty prefix a key is ":<version>:<key>"; this leaves Celery's and others' keys alone.
        return prefix.isEmpty() ? ":[0-9]*:*" : escaped(prefix) + ":*";
    }

    String below(String text) {
        return escaped(prefix + ":" + text) + "*";
    }

    private static String escaped(String text) {
        return text.replaceAll("[*?\\[\\]\\\\]", "\\\\$0");
    }

    /** Without password. */
    @Override
    public String toString() {
        return "%s://%s:%d %s prefix \"%s\""
                .formatted(encrypted ? RedisModule.REDISS : RedisModule.REDIS, host, port, databases, prefix);
    }
}
