package dev.restage.media.folder;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import java.util.Locale;

/**
 * Serves folders of media files: {@code file:/srv/media}. The parameter {@code names} says what becomes of keys that the
 * disk cannot hold under their names, or not beside others: with {@code fail}, which is the default, a sync fails before
 * it writes anything; with {@code skip} it leaves them out and warns; with {@code escape} they get names such as
 * {@code a%3Ab}, from which the keys can be read again.
 */
public final class FolderModule extends AbstractModule implements ProviderModule {

    /** The scheme of folder addresses. */
    public static final String SCHEME = "file";

    private static final AddressForm FORM = AddressForm.of().with("names", "fail", "skip", "escape");

    /** Makes the module. */
    public FolderModule() {}

    @ProvidesIntoMap
    @StringMapKey(SCHEME)
    @Singleton
    ResourceFactory folders() {
        return ResourceFactory.of(FORM, address -> new FolderMediaStore(address.file(), policyOf(address)));
    }

    private static KeyPolicy policyOf(Address address) {
        return KeyPolicy.valueOf(
                address.parameters().getOrDefault("names", "fail").toUpperCase(Locale.ROOT));
    }
}
