package dev.restage.github;

import dev.restage.provider.Address;
import dev.restage.provider.Resource;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.NetRCCredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/** Opens {@code git:<path or URL>#<branch>}: any git server. */
final class GitFactory implements ResourceFactory {

    private final Variables variables;

    GitFactory(Variables variables) {
        this.variables = variables;
    }

    @Override
    public Resource open(Address address) {
        GitLocation location = GitLocation.of(address);
        String branch = branchOf(address);
        GitRemote remote = new GitRemote(
                location, credentials(location), "the variables GIT_USERNAME and GIT_PASSWORD (or ~/.netrc)");
        Supplier<String> repository = () -> {
            remote.heads(); // A repository that is not there has no identity.
            return location.canonical();
        };
        return open(remote, branch, repository, variables);
    }

    static GitRepository open(GitRemote remote, String branch, Supplier<String> repository, Variables variables) {
        Path home = variables
                .find("RESTAGE_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".restage"));
        return new GitRepository(remote, new LocalClone(home, remote.location().toString()), branch, repository);
    }

    /** {@return the branch that an address names after {@code #}} */
    static String branchOf(Address address) {
        String branch = address.fragment();
        if (!Repository.isValidRefName(Constants.R_HEADS + branch)) {
            throw new IllegalArgumentException("%s names no branch; write the branch behind it: %s"
                    .formatted(address, address.withFragment("staging")));
        }
        return branch;
    }

    private @Nullable CredentialsProvider credentials(GitLocation location) {
        if (location.isLocal()) {
            return null;
        }
        Optional<String> password = variables.find("GIT_PASSWORD");
        if (password.isPresent()) {
            return new UsernamePasswordCredentialsProvider(
                    variables.find("GIT_USERNAME").orElse("git"), password.get());
        }
        return new NetRCCredentialsProvider();
    }
}
