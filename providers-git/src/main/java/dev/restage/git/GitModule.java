package dev.restage.git;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import java.util.Set;

/** Serves {@code git:<path or URL>#<branch>}, a {@code GitHost} on any git server or in a folder. */
public final class GitModule extends AbstractModule implements ProviderModule {

    /** Makes the module; it reads its variables when the first address needs them. */
    public GitModule() {}

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), GitVendor.class);
    }

    @ProvidesIntoMap
    @StringMapKey("git")
    @Singleton
    ResourceFactory git(Variables variables, Set<GitVendor> vendors) {
        return new GitFactory(variables, vendors);
    }
}
