package dev.restage.git;

import dev.restage.provider.Address;
import dev.restage.provider.Variables;
import dev.restage.provider.code.GitHost;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/** Opens branches of repositories: what a vendor of git servers builds upon. */
public final class GitBranches {

    /** What other commands of git take before a branch or for one, and what a push would make a new branch of. */
    private static final Pattern NO_BRANCH = Pattern.compile("^(refs/)?(heads|remotes)/|^refs/|^[-+]+|^HEAD$");

    private GitBranches() {}

    /**
     * Opens a branch on a server. Nothing is asked before the first call.
     *
     * @param repository the http(s) URL of its repository
     * @param branch the branch
     * @param login how to log in
     * @param name asks which repository this really is, in the form of {@link #nameOf}
     * @param variables where {@code RESTAGE_HOME} is looked up, below which the local clone is kept
     * @return the branch
     * @throws IllegalArgumentException if the URL is none
     */
    public static GitHost open(
            URI repository, String branch, GitLogin login, Supplier<String> name, Variables variables) {
        GitRemote remote =
                new GitRemote(GitLocation.of(repository.toString()), GitFactory.credentials(login), login.from());
        return open(remote, branch, name, variables);
    }

    static GitRepository open(GitRemote remote, String branch, Supplier<String> name, Variables variables) {
        Path home = variables
                .find("RESTAGE_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".restage"));
        return new GitRepository(remote, new LocalClone(home, remote.location().toString()), branch, name);
    }

    /**
     * {@return the branch that an address names after {@code #}}
     *
     * @param address the address
     * @throws IllegalArgumentException if that is no name of a branch, with the one that may be meant
     */
    public static String branchOf(Address address) {
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

    /**
     * {@return one name for all spellings of a repository's URL: host and path without scheme, user, default port, {@code .git} and
     * capitals}
     *
     * @param repository an http(s) URL
     */
    public static String nameOf(URI repository) {
        return GitLocation.of(repository.toString()).canonical();
    }
}
