package dev.restage.github;

import dev.restage.http.Credential;
import dev.restage.http.HttpSettings;
import dev.restage.http.RestClient;
import dev.restage.http.Retry;
import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** Opens {@code github:<owner>/<repository>#<branch>}. */
final class GitHubFactory implements ResourceFactory {

    private static final Pattern REPOSITORY = Pattern.compile("(\\w[\\w.-]*)/(?!\\.{1,2}$)([\\w.-]+?)(?:\\.git)?");

    private final Variables variables;
    private final Polling polling;
    private final Retry retry;

    GitHubFactory(Variables variables, Polling polling, Retry retry) {
        this.variables = variables;
        this.polling = polling;
        this.retry = retry;
    }

    @Override
    public AddressForm form() {
        return AddressForm.of().withFragment("branch");
    }

    @Override
    public GitHubRepository open(Address address) {
        Matcher parts = REPOSITORY.matcher(address.path());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "not a GitHub address: " + address + "; write github:owner/repository#branch");
        }
        String branch = GitFactory.branchOf(address);
        GitHubConfig config = GitHubConfig.from(variables);
        GitHubApi api = api(config, parts.group(1), parts.group(2));
        GitRemote remote = new GitRemote(
                location(config, parts.group(1) + "/" + parts.group(2)), login(config), "the variable GITHUB_TOKEN");
        boolean enterpriseServer = config.api().getPath().contains("/api/v3");
        return new GitHubRepository(
                GitFactory.open(remote, branch, () -> canonical(config, api), variables),
                api,
                new Workflows(api, polling, !enterpriseServer));
    }

    /** {@return one name for all addresses of a repository, also for a former name of it} */
    String canonical(String owner, String name) {
        GitHubConfig config = GitHubConfig.from(variables);
        return canonical(config, api(config, owner, name));
    }

    private static String canonical(GitHubConfig config, GitHubApi api) {
        return location(config, api.fullName()).canonical();
    }

    private GitHubApi api(GitHubConfig config, String owner, String name) {
        return new GitHubApi(
                RestClient.create(
                        "github", config.api(), Credential.bearer(config.token()), retry, HttpSettings.from(variables)),
                owner,
                name);
    }

    private static GitLocation location(GitHubConfig config, String repository) {
        return GitLocation.of("%s/%s.git".formatted(config.server().toString().replaceAll("/+$", ""), repository));
    }

    static CredentialsProvider login(GitHubConfig config) {
        return new UsernamePasswordCredentialsProvider(
                "x-access-token", config.token().reveal());
    }
}
