package dev.restage.aws;

import dev.restage.provider.Address;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/**
 * How to reach S3.
 *
 * @param endpoint a server other than Amazon's, addressed by path; null for Amazon's
 * @param region the region of the buckets; null for what the SDK finds in its own settings
 * @param profile the profile of the SDK's own settings; null for the usual one
 * @param key the key to use; null for what the SDK finds by its own chain
 * @param maxCopyBytes the size up to which an object is copied by one call, larger ones by parts; at least 5 MiB
 * @param requesterPays whether the owner of the buckets lets who reads them pay
 * @param owner the account that must own the buckets; null for any
 */
public record AwsConfig(
        @Nullable URI endpoint,
        @Nullable String region,
        @Nullable String profile,
        @Nullable Key key,
        long maxCopyBytes,
        boolean requesterPays,
        @Nullable String owner) {

    /** What one CopyObject or PutObject takes. Source: S3 user guide, read 2026-11. */
    static final long FIVE_GIB = 5L << 30;

    /** The smallest part but the last of a multipart upload. Source: S3 user guide, read 2026-11. */
    static final long FIVE_MIB = 5L << 20;

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

    /** What the parameters of an address say comes before what the variables say. */
    AwsConfig with(Address address, Variables variables) {
        Map<String, String> parameters = address.parameters();
        Optional<String> keyVariable = Optional.ofNullable(parameters.get("keyVariable"));
        Optional<String> secretVariable = Optional.ofNullable(parameters.get("secretVariable"));
        if (keyVariable.isPresent() != secretVariable.isPresent()) {
            throw new IllegalArgumentException(
                    "the address %s names one of keyVariable and secretVariable; name both".formatted(address));
        }
        String newProfile = parameters.get("profile");
        Key newKey = keyVariable
                .map(name -> new Key(
                        variables.secret(name, "for " + address).reveal(),
                        variables.secret(secretVariable.orElseThrow(), "for " + address),
                        null))
                .orElse(newProfile == null ? key : null);
        return new AwsConfig(
                endpoint,
                parameters.getOrDefault("region", region),
                newProfile == null ? profile : newProfile,
                newKey,
                maxCopyBytes,
                requesterPays || parameters.getOrDefault("requestPayer", "").equals("requester"),
                parameters.getOrDefault("owner", owner));
    }

    /** What a request says about who pays for it. */
    @Nullable RequestPayer requestPayer() {
        return requesterPays ? RequestPayer.REQUESTER : null;
    }

    /** Whether two stores are seen by one principal, so that the server itself can copy between them. */
    boolean samePrincipal(AwsConfig other) {
        return Objects.equals(endpoint, other.endpoint)
                && Objects.equals(key, other.key)
                && (key != null || Objects.equals(profile, other.profile));
    }
}
