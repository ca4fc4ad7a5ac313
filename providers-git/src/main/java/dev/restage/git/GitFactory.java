package dev.restage.git;

import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.Resource;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.NetRCCredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/** Opens {@code git:<path or URL>#<branch>}: any git server. */
final class GitFactory implements ResourceFactory {

    private static final String LOGIN = "the variables GIT_USERNAME and GIT_PASSWORD (or ~/.netrc)";

    private final Variables variables;
    private final Collection<GitVendor> vendors;

    /**
     * @param vendors those that know more than git does
     */
    GitFactory(Variables variables, Collection<GitVendor> vendors) {
        this.variables = variables;
        this.vendors = vendors;
    }

    @Override
    public AddressForm form() {
        return AddressForm.of().withFragment("branch");
    }

    @Override
    public Resource open(Address address) {
        GitLocation location = GitLocation.of(address);
        String branch = GitBranches.branchOf(address);
        Optional<GitLogin> login = login(location);
        GitRemote remote = new GitRemote(
                location,
                login.map(GitFactory::credentials).orElseGet(() -> unnamed(location)),
                login.map(GitLogin::from).orElse(LOGIN));
        Supplier<String> name = () -> {
            remote.heads(); // A repository that is not there has no identity.
            return nameOf(location);
        };
        return GitBranches.open(remote, branch, name, variables);
    }

    /** The server itself says which repository it is, so that a former name and an address of the vendor's own scheme mean the same. */
    String nameOf(GitLocation location) {
        return fromVendors(location, vendor -> vendor.nameOf(location.url())).orElseGet(location::canonical);
    }

    private Optional<GitLogin> login(GitLocation location) {
        if (location.isLocal()) {
            return Optional.empty();
        }
        return variables
                .find("GIT_PASSWORD")
                .map(password -> new GitLogin(variables.find("GIT_USERNAME").orElse("git"), Secret.of(password), LOGIN))
                .or(() -> fromVendors(location, vendor -> vendor.login(location.url())));
    }

    private <T> Optional<T> fromVendors(GitLocation location, Function<GitVendor, Optional<T>> question) {
        return location.isLocal()
                ? Optional.empty()
                : vendors.stream().map(question).flatMap(Optional::stream).findFirst();
    }

    private static @Nullable CredentialsProvider unnamed(GitLocation location) {
        return location.isLocal() ? null : new NetRCCredentialsProvider();
    }

    static CredentialsProvider credentials(GitLogin login) {
        return new UsernamePasswordCredentialsProvider(
                login.user(), login.password().reveal());
    }
}
