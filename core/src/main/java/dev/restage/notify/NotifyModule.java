package dev.restage.notify;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.provider.AddressForm;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import java.time.Clock;

/** Serves message files, {@code message-file:/srv/messages.md}. */
public final class NotifyModule extends AbstractModule implements ProviderModule {

    /** The scheme of files that messages are appended to. */
    public static final String MESSAGE_FILE = "message-file";

    /** Makes the module; it reads nothing yet. */
    public NotifyModule() {}

    @ProvidesIntoMap
    @StringMapKey(MESSAGE_FILE)
    @Singleton
    ResourceFactory files() {
        return ResourceFactory.of(AddressForm.of(), address -> new FileNotifier(address.file(), Clock.systemUTC()));
    }
}
