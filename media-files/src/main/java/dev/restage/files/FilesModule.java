package dev.restage.files;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;

/** Serves the cleaner of files, {@code cleaner:files}. It needs no configuration and no network. */
public final class FilesModule extends AbstractModule implements ProviderModule {

    /** The scheme of cleaners. */
    public static final String SCHEME = "cleaner";

    private static final String FILES = "files";

    /** Makes the module. */
    public FilesModule() {}

    @ProvidesIntoMap
    @StringMapKey(SCHEME)
    @Singleton
    ResourceFactory cleaners() {
        return ResourceFactory.of(AddressForm.of(), FilesModule::cleaner);
    }

    private static LibraryCleaner cleaner(Address address) {
        if (!address.rest().equals(FILES)) {
            throw new IllegalArgumentException(
                    "no cleaner is called \"%s\": write %s:%s".formatted(address.rest(), SCHEME, FILES));
        }
        return new LibraryCleaner();
    }
}
