package dev.restage.aws;

import dev.restage.provider.Address;
import dev.restage.provider.Identity;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/**
 * How to reach S3.
 *
 * @param endpoint a server other than Amazon's; null for Amazon's
 * @param style how that server is told which bucket is meant
 * @param region the region of the buckets; null for what the SDK finds in its own settings
 * @param profile the profile of the SDK's own settings; null for the usual one
 * @param key the key to use; null for what the SDK finds by its own chain
 * @param maxCopyBytes the size up to which an object is copied by one call, larger ones by parts; at least 5 MiB
 * @param requesterPays whether the owner of the buckets lets who reads them pay
 * @param owner the account that must own the buckets; null for any
 */
public record AwsConfig(
        @Nullable URI endpoint,
        Style style,
        @Nullable String region,
        @Nullable String profile,
        @Nullable Key key,
        long maxCopyBytes,
        boolean requesterPays,
        @Nullable String owner) {

    /** What one CopyObject or PutObject takes. Source: S3 user guide, read 2026-11. */
    static final long FIVE_GIB = 5L << 30;

    private static final String AMAZON = "aws";
    private static final String AMAZON_CHINA = "aws-cn";

    /** The smallest part but the last of a multipart upload. Source: S3 user guide, read 2026-11. */
    static final long FIVE_MIB = 5L << 20;

    /** Where the name of the bucket stands in the URLs of a server other than Amazon's. */
    public enum Style {
        /** In the path: {@code https://server/bucket/key}. Nearly every server takes it. */
        PATH,
        /** In the host: {@code https://bucket.server/key}. */
        HOST
    }

    /**
     * A key pair.
     *
     * @param id the access key id
     * @param secret the secret access key
     * @param token the session token of a temporary key; null for a permanent one
     */
    public record Key(String id, Secret secret, @Nullable Secret token) {}

    /**
     * Checks the limit.
     *
     * @param endpoint a server other than Amazon's; null for Amazon's
     * @param style how that server is told which bucket is meant
     * @param region the region of the buckets; null for what the SDK finds
     * @param profile the profile of the SDK's own settings; null for the usual one
     * @param key the key to use; null for what the SDK finds
     * @param maxCopyBytes the size up to which an object is copied by one call
     * @param requesterPays whether who reads the buckets pays
     * @param owner the account that must own the buckets; null for any
     */
    public AwsConfig {
        if (maxCopyBytes < FIVE_MIB || maxCopyBytes > FIVE_GIB) {
            throw new IllegalArgumentException("maxCopyBytes must be from 5 MiB to 5 GiB: " + maxCopyBytes);
        }
    }

    /**
     * Reads {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}, {@code AWS_SESSION_TOKEN}, {@code AWS_REGION} and
     * {@code AWS_ENDPOINT_URL_S3} or {@code AWS_ENDPOINT_URL}, each if it is set.
     *
     * @param variables where they are looked up
     * @return the configuration
     */
    public static AwsConfig from(Variables variables) {
        return new AwsConfig(
                variables
                        .find("AWS_ENDPOINT_URL_S3")
                        .or(() -> variables.find("AWS_ENDPOINT_URL"))
                        .map(URI::create)
                        .orElse(null),
                Style.PATH,
                variables
                        .find("AWS_REGION")
                        .or(() -> variables.find("AWS_DEFAULT_REGION"))
                        .orElse(null),
                variables.find("AWS_PROFILE").orElse(null),
                variables
                        .find("AWS_ACCESS_KEY_ID")
                        .map(id -> new Key(
                                id,
                                variables.secret("AWS_SECRET_ACCESS_KEY", "beside AWS_ACCESS_KEY_ID"),
                                variables
                                        .find("AWS_SESSION_TOKEN")
                                        .map(Secret::of)
                                        .orElse(null)))
                        .orElse(null),
                FIVE_GIB,
                false,
                null);
    }

    /**
     * What the parameters of an address say comes before what the variables say. A region that the variables name is that
     * of their server, not of another one that the address names.
     */
    AwsConfig with(Address address, Variables variables) {
        Map<String, String> parameters = address.parameters();
        String newEndpoint = parameters.get("endpoint");
        URI server = newEndpoint == null ? endpoint : server(newEndpoint, address);
        String newProfile = parameters.get("profile");
        Key newKey = key(address, variables).orElse(newProfile == null ? key : null);
        boolean elsewhere = newEndpoint != null && server != null && !server.equals(endpoint);
        return new AwsConfig(
                server,
                style(address).orElse(style),
                parameters.getOrDefault("region", elsewhere ? null : region),
                newProfile == null ? profile : newProfile,
                newKey,
                maxCopyBytes,
                requesterPays || parameters.getOrDefault("requestPayer", "").equals("requester"),
                parameters.getOrDefault("owner", owner));
    }

    private static Optional<Key> key(Address address, Variables variables) {
        Optional<String> keyVariable = Optional.ofNullable(address.parameters().get("keyVariable"));
        Optional<String> secretVariable =
                Optional.ofNullable(address.parameters().get("secretVariable"));
        if (keyVariable.isPresent() != secretVariable.isPresent()) {
            throw new IllegalArgumentException(
                    "the address %s names one of keyVariable and secretVariable; name both".formatted(address));
        }
        return keyVariable.map(name -> new Key(
                variables.secret(name, "for " + address).reveal(),
                variables.secret(secretVariable.orElseThrow(), "for " + address),
                null));
    }

    /** Null for Amazon's, which an address names where the variables name another server. */
    private static @Nullable URI server(String text, Address address) {
        if (text.equals(AMAZON)) {
            return null;
        }
        URI server = null;
        try {
            server = new URI(text);
        } catch (URISyntaxException e) {
            // Reported below.
        }
        if (server == null
                || server.getHost() == null
                || !List.of("http", "https").contains(server.getScheme())
                || server.getPort() == 0
                || server.getPort() > 65_535
                || server.getRawUserInfo() != null
                || server.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "no server: \"%s\" in the address %s; write ?endpoint=https://host:port, or ?endpoint=aws for Amazon's"
                            .formatted(text, address));
        }
        return server;
    }

    private static Optional<Style> style(Address address) {
        return Optional.ofNullable(address.parameters().get("style")).map(name -> switch (name) {
            case "path" -> Style.PATH;
            case "host" -> Style.HOST;
            default ->
                throw new IllegalArgumentException(
                        "no style: \"%s\" in the address %s; write style=path or style=host".formatted(name, address));
        });
    }

    /** Whether requests go to Amazon's own S3, also by an endpoint in a network of one's own. */
    boolean isAmazon() {
        return server().startsWith(AMAZON);
    }

    /** What tells the server apart from others, however it is written. The two partitions of Amazon share no bucket. */
    String server() {
        if (endpoint == null) {
            return region != null && region.startsWith("cn-") ? AMAZON_CHINA : AMAZON;
        }
        String host = String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT);
        if (host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn")) {
            return host.endsWith(".cn") ? AMAZON_CHINA : AMAZON;
        }
        return Identity.hostName(host) + (port(endpoint) == usualPort(endpoint) ? "" : ":" + endpoint.getPort());
    }

    static int port(URI endpoint) {
        return endpoint.getPort() < 0 ? usualPort(endpoint) : endpoint.getPort();
    }

    private static int usualPort(URI endpoint) {
        return "https".equals(endpoint.getScheme()) ? 443 : 80;
    }

    /** What a request says about who pays for it. */
    @Nullable RequestPayer requestPayer() {
        return requesterPays ? RequestPayer.REQUESTER : null;
    }

    /** Whether two stores are seen by one principal, so that the server itself can copy between them. */
    boolean samePrincipal(AwsConfig other) {
        return server().equals(other.server())
                && Objects.equals(key, other.key)
                && (key != null || Objects.equals(profile, other.profile));
    }
}
