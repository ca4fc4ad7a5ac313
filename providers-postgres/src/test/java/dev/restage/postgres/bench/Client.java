package dev.restage.postgres.bench;

import dev.restage.masking.Mask;
import dev.restage.masking.MaskingPolicy;
import dev.restage.postgres.PostgresDatabase;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.catalog.CatalogReader;
import dev.restage.provider.CopyOptions;
import dev.restage.provider.CopyOptions.Storage;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.URI;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Our side of a measurement, in a JVM of its own. Prints the peak of its heap in megabytes. */
final class Client {

    static final String SOURCE = "RESTAGE_BENCH_SOURCE";
    static final String TARGET = "RESTAGE_BENCH_TARGET";

    private static final int WORKERS = 2;

    private Client() {}

    public static void main(String[] arguments) throws Exception {
        PostgresDatabase source = database(SOURCE);
        PostgresDatabase target = database(TARGET);
        switch (arguments[0]) {
            case "copy" -> copy(source, target, MaskingPolicy.none(), Storage.FAST);
            case "copy-as-source" -> copy(source, target, MaskingPolicy.none(), Storage.AS_SOURCE);
            case "copy-masked" -> copy(source, target, masking(), Storage.FAST);
            case "catalog" -> readCatalog(source);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println(peakHeapMegabytes());
    }

    private static void copy(PostgresDatabase source, PostgresDatabase target, MaskingPolicy policy, Storage storage) {
        target.copyFrom(
                source,
                new CopyOptions(
                        policy,
                        Secret.of("benchmark"),
                        Set.of(),
                        List.of(),
                        Map.of(),
                        storage,
                        WORKERS,
                        CopyOptions.Proof.COUNTS),
                Progress.NONE);
    }

    /** Two columns of six tables. */
    private static MaskingPolicy masking() {
        MaskingPolicy.Builder policy = MaskingPolicy.builder();
        for (int i = 5; i <= 10; i++) {
            policy.mask("middle_" + i, "email", Mask.email("example.com"));
            policy.mask("middle_" + i, "full_name", Mask.fullName());
        }
        return policy.lenient().build();
    }

    private static void readCatalog(PostgresDatabase source) throws Exception {
        try (Connection connection = source.read()) {
            connection.setAutoCommit(false);
            new CatalogReader(connection, connection.getMetaData().getDatabaseMajorVersion()).contents();
        }
    }

    private static PostgresDatabase database(String variable) {
        URI uri = URI.create(System.getenv(variable));
        String[] user = uri.getUserInfo().split(":", 2);
        return PostgresDatabase.of(
                new ConnectionSpec(
                        uri.getHost(),
                        uri.getPort(),
                        uri.getPath().substring(1),
                        user[0],
                        Secret.of(user[1]),
                        "disable"),
                Variables.of(Map.of()));
    }

    private static double peakHeapMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                / 1e6;
    }
}
