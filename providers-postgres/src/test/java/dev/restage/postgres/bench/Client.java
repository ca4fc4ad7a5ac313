package dev.restage.postgres.bench;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskKey;
import dev.restage.postgres.PostgresDatabase;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.archive.ArchiveSource;
import dev.restage.postgres.internal.catalog.CatalogReader;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.content.Transform;
import dev.restage.postgres.internal.copy.LiveSink;
import dev.restage.postgres.internal.copy.LiveSource;
import dev.restage.postgres.internal.copy.Transfer;
import dev.restage.postgres.internal.mask.MaskListener;
import dev.restage.postgres.internal.mask.MaskingTransform;
import dev.restage.postgres.internal.schema.Selection;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyOptions.Storage;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/**
 * Our side of a measurement, in a JVM of its own: the engine alone, into an empty database, as the other programs do it.
 * Prints the peak of its heap in megabytes.
 */
final class Client {

    static final String SOURCE = "RESTAGE_BENCH_SOURCE";
    static final String TARGET = "RESTAGE_BENCH_TARGET";

    private static final int WORKERS = 2;

    private final Sessions source = sessions(SOURCE);
    private final Sessions target = sessions(TARGET);

    private Client() {}

    public static void main(String[] arguments) throws Exception {
        Client client = new Client();
        switch (arguments[0]) {
            case "copy" -> client.copy(Storage.FAST, MaskingPolicy.none());
            case "copy-as-source" -> client.copy(Storage.AS_SOURCE, MaskingPolicy.none());
            case "copy-masked" -> client.copy(Storage.FAST, twoColumnsOfSixTables());
            case "replace-masked" -> client.replace();
            case "restore" -> client.restore(Path.of(arguments[1]));
            case "catalog" -> client.readCatalog();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println(peakHeapMegabytes());
    }

    private void copy(Storage storage, MaskingPolicy policy) throws Exception {
        try (LiveSource live = LiveSource.open(source, targetMajor())) {
            Contents contents = live.contents();
            Transform transform = policy.columns().isEmpty()
                    ? Transform.NONE
                    : new MaskingTransform(
                            policy.resolve(contents.shape()), MaskKey.of("benchmark"), MaskListener.NONE);
            fill(live, transform, storage);
        }
    }

    /** All that a user gets: the target is replaced in one moment, and what it holds then is proven. */
    private void replace() {
        Variables none = Variables.of(Map.of());
        PostgresDatabase.of(spec(TARGET), none)
                .copyFrom(
                        PostgresDatabase.of(spec(SOURCE), none),
                        new CopyOptions(twoColumnsOfSixTables(), Secret.of("benchmark")),
                        Progress.NONE);
    }

    private void restore(Path archive) throws Exception {
        try (Source file = ArchiveSource.of(archive)) {
            fill(file, Transform.NONE, Storage.FAST);
        }
    }

    private void fill(Source from, Transform transform, Storage storage) throws Exception {
        Contents contents = new Selection(Set.of()).of(from.contents());
        try (LiveSink sink = LiveSink.open(target, storage)) {
            new Transfer(from, sink, contents, transform, Progress.NONE).run(WORKERS);
        }
    }

    private void readCatalog() throws SQLException {
        try (Connection connection = source.source()) {
            connection.setAutoCommit(false);
            new CatalogReader(connection, connection.getMetaData().getDatabaseMajorVersion()).contents();
        }
    }

    private int targetMajor() throws SQLException {
        try (Connection connection = target.read()) {
            return connection.getMetaData().getDatabaseMajorVersion();
        }
    }

    private static MaskingPolicy twoColumnsOfSixTables() {
        MaskingPolicy.Builder policy = MaskingPolicy.builder();
        for (int i = 5; i <= 10; i++) {
            policy.mask("middle_" + i, "email", Mask.email("example.com"));
            policy.mask("middle_" + i, "full_name", Mask.fullName());
        }
        return policy.keep("*", "*").lenient().build();
    }

    private static Sessions sessions(String variable) {
        return new Sessions(spec(variable));
    }

    private static ConnectionSpec spec(String variable) {
        URI uri = URI.create(System.getenv(variable));
        String[] user = uri.getUserInfo().split(":", 2);
        return new ConnectionSpec(
                uri.getHost(), uri.getPort(), uri.getPath().substring(1), user[0], Secret.of(user[1]), "disable");
    }

    private static double peakHeapMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                / 1e6;
    }
}
