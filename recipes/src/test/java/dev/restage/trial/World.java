package dev.restage.trial;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.Resource;
import dev.restage.provider.ResourceFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One resource of each role behind the scheme {@code fake}. */
public final class World extends AbstractModule implements ProviderModule {

    public static final Address APP = Address.of("fake:app");
    public static final Address CODE = Address.of("fake:code#staging");
    public static final Address CACHE = Address.of("fake:cache");
    public static final Address PEOPLE = Address.of("fake:people");
    public static final Address SITE = Address.of("fake:site");
    public static final Address SOURCE = Address.of("fake:source");
    public static final Address TARGET = Address.of("fake:target");
    public static final Address SOURCE_MEDIA = Address.of("fake:source-media");
    public static final Address TARGET_MEDIA = Address.of("fake:target-media");
    public static final Address CLEANER = Address.of("fake:cleaner");

    public final Changes changes = new Changes();
    public final FakeApp app = new FakeApp(changes);
    public final FakeRepository code = new FakeRepository("staging", changes);
    public final FakeRepository productionCode = new FakeRepository("main", changes);
    public final FakeCache cache = new FakeCache(changes);
    public final FakeNotifier people = new FakeNotifier(changes);
    public final FakeSite site = new FakeSite();
    public final FakeDatabase source = new FakeDatabase("source", changes);
    public final FakeDatabase target = new FakeDatabase("target", changes);
    public final FakeStore sourceMedia = new FakeStore("source media", changes);
    public final FakeStore targetMedia = new FakeStore("target media", changes);
    public final FakeCleaner cleaner = new FakeCleaner();

    /** Whether the step that comes last in a trial goes wrong. */
    public volatile boolean interrupted;

    private final Map<String, Resource> resources = new ConcurrentHashMap<>(Map.of(
            "app", app,
            "code", code,
            "cache", cache,
            "people", people,
            "site", site,
            "source", source,
            "target", target,
            "source-media", sourceMedia,
            "target-media", targetMedia,
            "cleaner", cleaner));

    /** Something that lets no step pass while the world is interrupted. */
    public interface Barrier extends Resource {

        /** {@return true} */
        boolean pass();
    }

    private final class OneBarrier implements Barrier {

        @Override
        public Identity identity() {
            return Identity.of("fake barrier", "barrier");
        }

        @Override
        public boolean pass() {
            if (interrupted) {
                throw new ProviderException(ProviderException.Kind.UNAVAILABLE, "the run was interrupted", null);
            }
            return true;
        }
    }

    public World() {
        resources.put("barrier", new OneBarrier());
        resources.put("production-code", productionCode);
    }

    /** Puts another resource at an address. */
    public World with(Address address, Resource resource) {
        resources.put(address.path(), resource);
        return this;
    }

    @ProvidesIntoMap
    @StringMapKey("fake")
    @Singleton
    ResourceFactory fakes() {
        return ResourceFactory.of(AddressForm.of().withFragment("branch"), this::resource);
    }

    private Resource resource(Address address) {
        Resource found = resources.get(address.path());
        if (found == null) {
            throw new IllegalArgumentException("the world has no " + address);
        }
        return found;
    }
}
