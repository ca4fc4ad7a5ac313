package dev.restage.github;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.http.Retry;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;

/**
 * Serves {@code github:owner/repo#branch} (a {@code GitHost} and {@code CiServer}) and {@code git:<path or URL>#branch}
 * (a {@code GitHost} on any git server).
 */
public final class GitHubModule extends AbstractModule implements ProviderModule {

    /** Makes the module; it reads its variables when the first address needs them. */
    public GitHubModule() {}

    @ProvidesIntoMap
    @StringMapKey("git")
    @Singleton
    ResourceFactory git(Variables variables) {
        return new GitFactory(variables, github(variables));
    }

    @ProvidesIntoMap
    @StringMapKey("github")
    @Singleton
    ResourceFactory gitHub(Variables variables) {
        return github(variables);
    }

    private static GitHubFactory github(Variables variables) {
        return new GitHubFactory(variables, Polling.STANDARD, Retry.standard());
    }
}
