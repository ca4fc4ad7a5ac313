package dev.restage.media;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import java.nio.file.Path;

/** Serves folders of media files: {@code file:/srv/media}. */
public final class FolderModule extends AbstractModule implements ProviderModule {

    /** The scheme of folder addresses. */
    public static final String SCHEME = "file";

    /** Makes the module. */
    public FolderModule() {}

    @ProvidesIntoMap
    @StringMapKey(SCHEME)
    @Singleton
    ResourceFactory folders() {
        return address -> new FolderMediaStore(pathOf(address));
    }

    private static Path pathOf(Address address) {
        String path = address.rest().startsWith("///") ? address.rest().substring(2) : address.rest();
        if (!path.startsWith("/") || path.startsWith("//")) {
            throw new IllegalArgumentException("not an absolute folder: \"%s\"; write file:/path".formatted(address));
        }
        return Path.of(path);
    }
}
