package dev.restage.sandbox;

import dev.restage.Restage;
import dev.restage.provider.Progress;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.SnapshotId;
import dev.restage.sandbox.internal.UserInfo;
import dev.restage.sandbox.server.HerokuDatabases;
import dev.restage.sandbox.vendor.heroku.BackupEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Backs databases up with whatever provider of {@code postgres:} addresses is on the class path: the sandbox brings a
 * server, but no {@code pg_dump}.
 */
final class ProviderBackups implements BackupEngine {

    private final Path home;
    private final HerokuDatabases databases;

    ProviderBackups(Path home, HerokuDatabases databases) {
        this.home = home;
        this.databases = databases;
    }

    @Override
    public String capture(String databaseUrl) {
        return with(
                databaseUrl, database -> database.capture(Progress.NONE).id().value());
    }

    @Override
    public void restore(String snapshotId, String databaseUrl) {
        with(databaseUrl, database -> {
            database.restore(new SnapshotId(snapshotId), Progress.NONE);
            return snapshotId;
        });
    }

    @Override
    public void renew(String databaseUrl) {
        databases.renew(URI.create(databaseUrl).getPath().substring(1));
    }

    @Override
    public byte[] archive(String snapshotId) {
        try (Stream<Path> files = Files.walk(home)) {
            Path file = files.filter(path -> path.endsWith(snapshotId + ".dump"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the snapshot " + snapshotId + " is no file"));
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the snapshot " + snapshotId, e);
        }
    }

    private String with(String databaseUrl, Function<DatabaseSnapshotter, String> work) {
        URI url = URI.create(databaseUrl);
        UserInfo login = UserInfo.of(url);
        try (Restage restage = Restage.builder()
                .variables(Map.of("PGPASSWORD", login.password(), "RESTAGE_HOME", home.toString()))
                .build()) {
            String address =
                    "postgres://%s@%s:%d%s".formatted(login.user(), url.getHost(), url.getPort(), url.getPath());
            return work.apply(restage.openToWrite(address, DatabaseSnapshotter.class));
        }
    }
}
