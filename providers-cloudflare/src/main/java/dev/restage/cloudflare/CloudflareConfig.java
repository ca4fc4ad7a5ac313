package dev.restage.cloudflare;

import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.net.URI;

/**
 * How to reach Cloudflare.
 *
 * @param endpoint the base URL of the API
 * @param token an API token with the permission Zone, Cache Purge for the zones that are purged
 */
public record CloudflareConfig(URI endpoint, Secret token) {

    /** Source: Cloudflare's OpenAPI description, servers. */
    private static final String ENDPOINT = "https://api.cloudflare.com/client/v4";

    /**
     * Reads {@code CLOUDFLARE_API_TOKEN}, and {@code CLOUDFLARE_API_URL} if another endpoint is meant.
     *
     * @param variables where the values are
     * @return the configuration
     * @throws dev.restage.provider.ProviderException {@code DENIED} if there is no token
     */
    public static CloudflareConfig from(Variables variables) {
        return new CloudflareConfig(
                URI.create(variables.find("CLOUDFLARE_API_URL").orElse(ENDPOINT)),
                variables.secret("CLOUDFLARE_API_TOKEN", "to purge Cloudflare zones (permission Zone, Cache Purge)"));
    }
}
