package dev.restage.github;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.ProvidesIntoSet;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.git.GitVendor;
import dev.restage.http.Retry;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;

/**
 * Serves {@code github:owner/repo#branch}, a {@code GitHost} and {@code CiServer}. Addresses such as
 * {@code git:https://github.com/owner/repo#branch} log in with its token, and are known to be the same repository.
 */
public final class GitHubModule extends AbstractModule implements ProviderModule {

    /** Makes the module; it reads its variables when the first address needs them. */
    public GitHubModule() {}

    @ProvidesIntoMap
    @StringMapKey("github")
    @Singleton
    ResourceFactory gitHub(Variables variables) {
        return github(variables);
    }

    @ProvidesIntoSet
    @Singleton
    GitVendor gitVendor(Variables variables) {
        return new GitHubVendor(variables, github(variables));
    }

    private static GitHubFactory github(Variables variables) {
        return new GitHubFactory(variables, GitHubFactory.POLLING, Retry.standard());
    }
}
