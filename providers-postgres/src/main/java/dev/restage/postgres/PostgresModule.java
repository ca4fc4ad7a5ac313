package dev.restage.postgres;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Serves {@code postgres://user@host:port/database}, also written {@code postgresql:}. The password is in the variable
 * that the parameter {@code passwordVariable} names, else in {@code PGPASSWORD}, else in {@code ~/.pgpass}. With {@code
 * snapshots=template}, snapshots are databases beside it. {@code pg-dump:/path/file.dump} is a file of pg_dump's custom format.
 */
public final class PostgresModule extends AbstractModule implements ProviderModule {

    /** Makes the module. */
    public PostgresModule() {}

    @ProvidesIntoMap
    @StringMapKey("postgres")
    @Singleton
    ResourceFactory databases(Variables variables) {
        return address -> PostgresDatabase.of(
                ConnectionSpec.of(address, variables),
                variables,
                switch (address.parameters().getOrDefault("snapshots", "file")) {
                    case "file" -> PostgresDatabase.Snapshots.FILES;
                    case "template" -> PostgresDatabase.Snapshots.TEMPLATES;
                    default ->
                        throw new IllegalArgumentException("\"%s\": snapshots is file or template".formatted(address));
                });
    }

    @ProvidesIntoMap
    @StringMapKey("pg-dump")
    @Singleton
    ResourceFactory archives() {
        return address -> PostgresArchive.of(Path.of(address.path()), Clock.systemUTC());
    }

    @ProvidesIntoMap
    @StringMapKey("postgresql")
    @Singleton
    ResourceFactory sameUnderTheLongName(Variables variables) {
        return databases(variables);
    }
}
