package dev.restage.github;

import dev.restage.git.GitBranches;
import dev.restage.git.GitLogin;
import dev.restage.git.GitVendor;
import dev.restage.provider.Variables;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What GitHub knows of repositories that are named by their URL. */
final class GitHubVendor implements GitVendor {

    private static final Pattern REPOSITORY = Pattern.compile("/([^/]+)/([^/]+)");

    private final Variables variables;
    private final GitHubFactory github;

    GitHubVendor(Variables variables, GitHubFactory github) {
        this.variables = variables;
        this.github = github;
    }

    /** The token goes to the server that it belongs to, and never unencrypted to one that speaks https. */
    @Override
    public Optional<GitLogin> login(URI repository) {
        URI server = GitHubConfig.server(variables);
        boolean here = repository.getScheme().equalsIgnoreCase(server.getScheme())
                && repository.getHost().equalsIgnoreCase(server.getHost())
                && repository.getPort() == server.getPort();
        return here && GitHubConfig.hasToken(variables)
                ? Optional.of(GitHubConfig.from(variables).login())
                : Optional.empty();
    }

    @Override
    public Optional<String> nameOf(URI repository) {
        String name = GitBranches.nameOf(repository);
        String server = GitBranches.nameOf(GitHubConfig.server(variables));
        if (!GitHubConfig.hasToken(variables) || !name.startsWith(server)) {
            return Optional.empty();
        }
        Matcher parts = REPOSITORY.matcher("/" + name.substring(server.length()).replaceAll("^/", ""));
        return parts.matches() ? Optional.of(github.canonical(parts.group(1), parts.group(2))) : Optional.empty();
    }
}
