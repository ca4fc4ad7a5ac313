package dev.restage.heroku;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.net.URI;
import java.nio.file.Path;

/**
 * How to reach Heroku.
 *
 * @param endpoint the base URL of the Platform API
 * @param dataEndpoint the base URL of the Data API
 * @param gitEndpoint the base URL of the git host
 * @param token an API token
 */
public record HerokuConfig(URI endpoint, URI dataEndpoint, URI gitEndpoint, Secret token) {

    private static final String TOKEN = "HEROKU_API_KEY";

    /**
     * Reads the token from {@code HEROKU_API_KEY}, else from {@code ~/.netrc} or the file that {@code NETRC} names; other
     * endpoints than Heroku's own from {@code HEROKU_API_URL}, {@code HEROKU_DATA_URL} and {@code HEROKU_GIT_URL}.
     *
     * @param variables where they are
     * @return the configuration
     * @throws ProviderException {@code DENIED} if there is no token
     */
    public static HerokuConfig from(Variables variables) {
        URI endpoint = URI.create(variables.find("HEROKU_API_URL").orElse("https://api.heroku.com"));
        return new HerokuConfig(
                endpoint,
                URI.create(variables.find("HEROKU_DATA_URL").orElse("https://api.data.heroku.com")),
                URI.create(variables.find("HEROKU_GIT_URL").orElse("https://git.heroku.com")),
                token(variables, endpoint));
    }

    private static Secret token(Variables variables, URI endpoint) {
        Path netrc = variables
                .find("NETRC")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".netrc"));
        return variables
                .find(TOKEN)
                .map(Secret::of)
                .or(() -> Netrc.password(netrc, endpoint.getAuthority()))
                .orElseThrow(() -> new ProviderException(
                        Kind.DENIED,
                        "there is no token for Heroku: %s is not set and %s has no entry for %s; \"heroku auth:token\" shows one"
                                .formatted(TOKEN, netrc, endpoint.getAuthority()),
                        null));
    }
}
