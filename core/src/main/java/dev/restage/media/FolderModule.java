package dev.restage.media;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Serves folders of media files: {@code file:/srv/media}. The parameter {@code names} says what becomes of keys that the
 * disk cannot hold under their names, or not beside others: with {@code fail}, which is the default, a sync fails before
 * it writes anything; with {@code skip} it leaves them out and warns; with {@code escape} they get names such as
 * {@code a%3Ab}, from which the keys can be read again.
 */
public final class FolderModule extends AbstractModule implements ProviderModule {

    /** The scheme of folder addresses. */
    public static final String SCHEME = "file";

    /** Makes the module. */
    public FolderModule() {}

    @ProvidesIntoMap
    @StringMapKey(SCHEME)
    @Singleton
    ResourceFactory folders() {
        return address -> new FolderMediaStore(pathOf(address), policyOf(address));
    }

    private static Path pathOf(Address address) {
        String path = address.path().startsWith("///") ? address.path().substring(2) : address.path();
        if (!path.startsWith("/") || path.startsWith("//")) {
            throw new IllegalArgumentException("not an absolute folder: \"%s\"; write file:/path".formatted(address));
        }
        return Path.of(path);
    }

    private static KeyPolicy policyOf(Address address) {
        Map<String, String> parameters = address.parameters();
        String name = parameters.getOrDefault("names", "fail");
        if (!Set.of("names").containsAll(parameters.keySet())
                || !Set.of("fail", "skip", "escape").contains(name)) {
            throw new IllegalArgumentException(
                    "not a folder's parameters: \"%s\"; write names=fail, names=skip or names=escape"
                            .formatted(address));
        }
        return KeyPolicy.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
