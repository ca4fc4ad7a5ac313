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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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
    private static final int MOST_PORT = 65_535;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,3}");
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    static RedisLocation of(Address address, Variables variables) {
        URI uri = uri(address.scheme() + ":" + address.path(), address.toString());
        String variable = address.parameters().get("passwordVariable");
        Optional<Secret> password = variable == null
                ? variables.find("REDIS_PASSWORD").map(Secret::of)
                : Optional.of(variables.secret(variable, "for " + address));
        return of(address, uri, uri.getPath(), password);
    }

    static RedisLocation ofVariable(Address address, Variables variables) {
        String variable = address.path();
        return of(address, variables.secret(variable, "for " + address), "the value of the variable " + variable);
    }

    /** Of a whole URL, with its password, that stands somewhere. */
    static RedisLocation of(Address address, Secret url, String where) {
        URI uri = uri(url.reveal(), where);
        String info = uri.getRawUserInfo();
        Optional<Secret> password = Optional.ofNullable(info)
                .filter(text -> text.indexOf(':') >= 0 && !text.endsWith(":"))
                .map(text -> Secret.of(URLDecoder.decode(
                        text.substring(text.indexOf(':') + 1).replace("+", "%2B"), StandardCharsets.UTF_8)));
        // What the address says comes before what the URL says, which is often somebody else's.
        String path = address.parameters().containsKey("databases") ? "" : uri.getPath();
        return of(address, uri, path, password);
    }

    private static RedisLocation of(Address address, URI uri, String path, Optional<Secret> password) {
        Map<String, String> parameters = address.parameters();
        List<Integer> databases = databases(address, path.replaceFirst("^/", ""), parameters.get("databases"));
        if (uri.getPort() == 0 || uri.getPort() > MOST_PORT) {
            throw new IllegalArgumentException("%s names a port that no host has".formatted(address));
        }
        return new RedisLocation(
                uri.getHost(),
                uri.getPort() < 0 ? PORT : uri.getPort(),
                uri.getScheme().equals(RedisModule.REDISS),
                !"no".equals(parameters.get("verify")),
                user(uri),
                password.orElse(null),
                databases,
                parameters.getOrDefault("prefix", ""));
    }

    /** The one in the path and those of the parameter, which must not contradict each other. */
    private static List<Integer> databases(Address address, String path, @Nullable String listed) {
        List<String> numbers = List.of((listed != null ? listed : path.isEmpty() ? "0" : path).split(",", -1));
        boolean single = path.isEmpty() || NUMBER.matcher(path).matches();
        if (!single
                || !numbers.stream().allMatch(number -> NUMBER.matcher(number).matches())
                || numbers.stream().distinct().count() < numbers.size()) {
            throw new IllegalArgumentException(
                    "the database numbers of %s are not understood; write ...:6379/0 or ?databases=0,1"
                            .formatted(address));
        }
        if (!path.isEmpty() && !numbers.contains(path)) {
            throw new IllegalArgumentException("%s means the database %s and also only the databases %s: leave one out"
                    .formatted(address, path, listed));
        }
        return numbers.stream().map(Integer::valueOf).sorted().toList();
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
