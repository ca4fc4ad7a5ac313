package dev.restage.github;

import dev.restage.git.GitBranches;
import dev.restage.http.Credential;
import dev.restage.http.HttpSettings;
import dev.restage.http.Polling;
import dev.restage.http.RestClient;
import dev.restage.http.Retry;
import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens {@code github:<owner>/<repository>#<branch>}. */
final class GitHubFactory implements ResourceFactory {

    private static final Pattern REPOSITORY = Pattern.compile("(\\w[\\w.-]*)/(?!\\.{1,2}$)([\\w.-]+?)(?:\\.git)?");

    /** Quick for a workflow of seconds, and about 200 requests for one of an hour. */
    static final Polling POLLING = new Polling(Duration.ofSeconds(1), Duration.ofSeconds(20));

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
        String branch = GitBranches.branchOf(address);
        GitHubConfig config = GitHubConfig.from(variables);
        GitHubApi api = api(config, parts.group(1), parts.group(2));
        URI repository = url(config, parts.group(1) + "/" + parts.group(2));
        boolean enterpriseServer = config.api().getPath().contains("/api/v3");
        return new GitHubRepository(
                GitBranches.open(repository, branch, config.login(), () -> canonical(config, api), variables),
                api,
                new Workflows(api, polling, !enterpriseServer));
    }

    /** {@return one name for all addresses of a repository, also for a former name of it} */
    String canonical(String owner, String name) {
        GitHubConfig config = GitHubConfig.from(variables);
        return canonical(config, api(config, owner, name));
    }

    private static String canonical(GitHubConfig config, GitHubApi api) {
        return GitBranches.nameOf(url(config, api.fullName()));
    }

    private GitHubApi api(GitHubConfig config, String owner, String name) {
        return new GitHubApi(
                RestClient.create(
                        "github", config.api(), Credential.bearer(config.token()), retry, HttpSettings.from(variables)),
                owner,
                name);
    }

    private static URI url(GitHubConfig config, String repository) {
        return URI.create("%s/%s.git".formatted(config.server().toString().replaceAll("/+$", ""), repository));
    }
}
