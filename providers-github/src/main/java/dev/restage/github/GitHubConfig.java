package dev.restage.github;

import dev.restage.git.GitLogin;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.net.URI;

/**
 * How to reach GitHub.
 *
 * @param api the REST API: {@code https://api.github.com}, or {@code https://HOST/api/v3} of an own server
 * @param server where git speaks HTTPS: {@code https://github.com}
 * @param token a token of a user or an app
 */
public record GitHubConfig(URI api, URI server, Secret token) {

    /**
     * Reads {@code GITHUB_TOKEN} (or {@code GH_TOKEN}), {@code GITHUB_API_URL} and {@code GITHUB_SERVER_URL}.
     *
     * @param variables where to look
     * @return the configuration, by default of github.com
     * @throws dev.restage.provider.ProviderException {@code DENIED} if there is no token
     */
    public static GitHubConfig from(Variables variables) {
        return new GitHubConfig(
                URI.create(variables.find("GITHUB_API_URL").orElse("https://api.github.com")),
                server(variables),
                variables
                        .find("GH_TOKEN")
                        .filter(token -> variables.find("GITHUB_TOKEN").isEmpty())
                        .map(Secret::of)
                        .orElseGet(() -> variables.secret("GITHUB_TOKEN", "to work with repositories on GitHub")));
    }

    GitLogin login() {
        return new GitLogin("x-access-token", token, "the variable GITHUB_TOKEN");
    }

    static boolean hasToken(Variables variables) {
        return variables
                .find("GITHUB_TOKEN")
                .or(() -> variables.find("GH_TOKEN"))
                .isPresent();
    }

    static URI server(Variables variables) {
        return URI.create(variables.find("GITHUB_SERVER_URL").orElse("https://github.com"));
    }
}
