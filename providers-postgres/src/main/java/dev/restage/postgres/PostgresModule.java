package dev.restage.postgres;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves {@code postgres://user@host:port/database}, also written {@code postgresql:}. The password is in the variable
 * that the parameter {@code passwordVariable} names, else in {@code PGPASSWORD}, else in {@code ~/.pgpass}. With {@code
 * snapshots=template}, snapshots are databases beside it. {@code capacity=10GB} says how much its plan lets it hold. {@code pg-dump:/path/file.dump} is a file of pg_dump's custom format.
 */
public final class PostgresModule extends AbstractModule implements ProviderModule {

    /** In the units of hosts' price lists, which are powers of two. */
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,5})(MB|GB)");

    /** The modes are libpq's. Source: PostgreSQL documentation, "SSL Mode Descriptions". */
    private static final AddressForm FORM = AddressForm.of("passwordVariable", "capacity")
            .with("sslmode", "disable", "allow", "prefer", "require", "verify-ca", "verify-full")
            .with("snapshots", "file", "template");

    /** Makes the module. */
    public PostgresModule() {}

    @ProvidesIntoMap
    @StringMapKey("postgres")
    @Singleton
    ResourceFactory databases(Variables variables) {
        return ResourceFactory.of(FORM, address -> database(address, variables));
    }

    private static PostgresDatabase database(Address address, Variables variables) {
        PostgresDatabase.Snapshots snapshots =
                "template".equals(address.parameters().get("snapshots"))
                        ? PostgresDatabase.Snapshots.TEMPLATES
                        : PostgresDatabase.Snapshots.FILES;
        PostgresDatabase database = PostgresDatabase.of(ConnectionSpec.of(address, variables), variables, snapshots);
        String capacity = address.parameters().get("capacity");
        return capacity == null ? database : database.withCapacity(bytes(address, capacity));
    }

    private static long bytes(Address address, String capacity) {
        Matcher size = SIZE.matcher(capacity);
        if (!size.matches()) {
            throw new IllegalArgumentException("\"%s\": capacity is written like 10GB or 512MB".formatted(address));
        }
        return Long.parseLong(size.group(1)) << (size.group(2).equals("GB") ? 30 : 20);
    }

    @ProvidesIntoMap
    @StringMapKey("pg-dump")
    @Singleton
    ResourceFactory archives() {
        return ResourceFactory.of(AddressForm.of(), address -> PostgresArchive.of(address.file(), Clock.systemUTC()));
    }

    @ProvidesIntoMap
    @StringMapKey("postgresql")
    @Singleton
    ResourceFactory sameUnderTheLongName(Variables variables) {
        return databases(variables);
    }
}
