package dev.restage.github;

import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.Resource;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.NetRCCredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/** Opens {@code git:<path or URL>#<branch>}: any git server. */
final class GitFactory implements ResourceFactory {

    private static final Pattern ON_GITHUB = Pattern.compile("/([^/]+)/([^/]+)");

    private final Variables variables;
    private final GitHubFactory github;

    GitFactory(Variables variables, GitHubFactory github) {
        this.variables = variables;
        this.github = github;
    }

    @Override
    public AddressForm form() {
        return AddressForm.of().withFragment("branch");
    }

    @Override
    public Resource open(Address address) {
        GitLocation location = GitLocation.of(address);
        String branch = branchOf(address);
        GitRemote remote = new GitRemote(
                location, credentials(location), "the variables GIT_USERNAME and GIT_PASSWORD (or ~/.netrc)");
        Supplier<String> repository = () -> {
            remote.heads(); // A repository that is not there has no identity.
            return canonical(location);
        };
        return open(remote, branch, repository, variables);
    }

    /** GitHub itself says which repository it is, so that a former name and a {@code github:} address mean the same. */
    String canonical(GitLocation location) {
        String canonical = location.canonical();
        String server =
                GitLocation.of(GitHubConfig.server(variables).toString()).canonical();
        if (location.isLocal() || !GitHubConfig.hasToken(variables) || !canonical.startsWith(server)) {
            return canonical;
        }
        Matcher parts =
                ON_GITHUB.matcher("/" + canonical.substring(server.length()).replaceAll("^/", ""));
        return parts.matches() ? github.canonical(parts.group(1), parts.group(2)) : canonical;
    }

    static GitRepository open(GitRemote remote, String branch, Supplier<String> repository, Variables variables) {
        Path home = variables
                .find("RESTAGE_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".restage"));
        return new GitRepository(remote, new LocalClone(home, remote.location().toString()), branch, repository);
    }

    /** What other commands of git take before a branch or for one, and what a push would make a new branch of. */
    private static final Pattern NO_BRANCH = Pattern.compile("^(refs/)?(heads|remotes)/|^refs/|^[-+]+|^HEAD$");

    /** {@return the branch that an address names after {@code #}} */
    static String branchOf(Address address) {
        String branch = address.fragment();
        if (!Repository.isValidRefName(Constants.R_HEADS + branch)) {
            throw new IllegalArgumentException("%s names no branch; write the branch behind it: %s"
                    .formatted(address, address.withFragment("staging")));
        }
        String bare = NO_BRANCH.matcher(branch).replaceFirst("");
        if (!bare.equals(branch)) {
            throw new IllegalArgumentException("%s says more than the name of a branch: did you mean %s?"
                    .formatted(address, address.withFragment(bare.isEmpty() ? "main" : bare)));
        }
        return branch;
    }

    private @Nullable CredentialsProvider credentials(GitLocation location) {
        if (location.isLocal()) {
            return null;
        }
        boolean onGitHub = GitHubConfig.hasToken(variables)
                && location.uri()
                        .getHost()
                        .equals(GitHubConfig.server(variables).getHost())
                && location.uri().getPort() == GitHubConfig.server(variables).getPort();
        Optional<String> password = variables.find("GIT_PASSWORD");
        if (password.isPresent()) {
            return new UsernamePasswordCredentialsProvider(
                    variables.find("GIT_USERNAME").orElse("git"), password.get());
        }
        return onGitHub ? GitHubFactory.login(GitHubConfig.from(variables)) : new NetRCCredentialsProvider();
    }
}
