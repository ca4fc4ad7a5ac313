package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.vendor.internal.Ids;
import dev.restage.sandbox.vendor.internal.app.DatabaseUrl;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs transfers one at a time per app, and keeps the backups that they made. */
final class Transfers {

    /** Where backups lie, in a store of another vendor. */
    static final String STORE = "/_backups/";

    /** Long enough for a client that polls to see each state, short enough to wait for. */
    private static final long STATE_MILLIS = 60;

    private final BackupEngine engine;
    private final ScheduledExecutorService scheduler;
    private final List<Transfer> transfers = new CopyOnWriteArrayList<>();
    private final Map<String, String> snapshotsByUrl = new ConcurrentHashMap<>();
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

    Transfers(BackupEngine engine, ScheduledExecutorService scheduler) {
        this.engine = engine;
        this.scheduler = scheduler;
    }

    Transfer capture(HerokuAddOns.Owned database, URI origin) {
        AddOn addOn = database.addOn();
        String url = url(origin);
        Transfer transfer = add(
                database.owner(),
                new Transfer.End(addOn.attachment(), "pg_dump", addOn.url()),
                new Transfer.End("BACKUP", "gof3r", url));
        run(transfer, addOn.url(), () -> snapshotsByUrl.put(url, engine.capture(addOn.url())));
        return transfer;
    }

    /** A backup by a schedule, which has ended when this returns. */
    Transfer scheduled(HerokuAddOns.Owned database, URI origin) {
        String url = url(origin);
        Transfer transfer = add(
                database.owner(),
                new Transfer.End(
                        database.addOn().attachment(),
                        "pg_dump",
                        database.addOn().url()),
                new Transfer.End("SCHEDULED BACKUP", "gof3r", url));
        transfer.start(sizeOf(database.addOn().url()));
        snapshotsByUrl.put(url, engine.capture(database.addOn().url()));
        transfer.finish();
        return transfer;
    }

    /** A backup that runs until somebody ends it. */
    Transfer endless(HerokuAddOns.Owned database) {
        Transfer transfer = add(
                database.owner(),
                new Transfer.End(
                        database.addOn().attachment(),
                        "pg_dump",
                        database.addOn().url()),
                new Transfer.End("SCHEDULED BACKUP", "gof3r", ""));
        transfer.start(sizeOf(database.addOn().url()));
        return transfer;
    }

    private static String url(URI origin) {
        return "%s%s%s?X-Amz-Signature=%s"
                .formatted(
                        origin,
                        STORE,
                        UUID.randomUUID(),
                        Ids.hex(UUID.randomUUID().toString()));
    }

    Transfer restore(HerokuAddOns.Owned database, String backupUrl) {
        AddOn addOn = database.addOn();
        Transfer transfer = add(
                database.owner(),
                new Transfer.End("BACKUP", "htcat", backupUrl),
                new Transfer.End(addOn.attachment(), "pg_restore", addOn.url()));
        run(transfer, addOn.url(), () -> {
            String snapshot = snapshotsByUrl.get(backupUrl);
            if (snapshot == null) {
                throw new IllegalStateException("could not download the backup: 403 Forbidden");
            }
            engine.restore(snapshot, addOn.url());
        });
        return transfer;
    }

    Transfer copy(HerokuAddOns.Owned billed, Transfer.End from, Transfer.End to) {
        Transfer transfer = add(billed.owner(), from, to);
        run(transfer, from.url(), () -> engine.restore(engine.capture(from.url()), to.url()));
        return transfer;
    }

    void renew(String databaseUrl) {
        engine.renew(databaseUrl);
    }

    /** {@return the transfers of an app, newest first} */
    List<Transfer> of(HostedApp app) {
        List<Transfer> found = new ArrayList<>(
                transfers.stream().filter(transfer -> transfer.app() == app).toList());
        Collections.reverse(found);
        return found;
    }

    Optional<Transfer> find(HostedApp app, String numberOrUuid) {
        return of(app).stream()
                .filter(transfer -> transfer.isNamed(numberOrUuid))
                .findFirst();
    }

    /** {@return what a backup's URL leads to; empty if there is nothing, or nothing yet} */
    Optional<byte[]> archive(String url) {
        return Optional.ofNullable(snapshotsByUrl.get(url)).map(engine::archive);
    }

    void delete(Transfer transfer) {
        transfer.delete();
        transfers.remove(transfer);
        snapshotsByUrl.remove(transfer.toUrl());
    }

    private synchronized Transfer add(HostedApp app, Transfer.End from, Transfer.End to) {
        if (of(app).stream().anyMatch(Transfer::unfinished)) {
            throw HerokuApps.refused(409, "conflict", "a transfer is currently in progress");
        }
        int number = numbers.merge(app.name(), 1, Integer::sum);
        Transfer transfer = new Transfer(app, number, from, to);
        transfers.add(transfer);
        return transfer;
    }

    private void run(Transfer transfer, String measured, Runnable work) {
        Runnable second = () -> {
            try {
                if (transfer.unfinished()) {
                    work.run();
                    transfer.finish();
                }
            } catch (RuntimeException failed) {
                transfer.fail(String.valueOf(failed.getMessage()));
            }
        };
        Runnable first = () -> {
            if (transfer.unfinished()) {
                transfer.start(sizeOf(measured));
                var unused = scheduler.schedule(second, STATE_MILLIS, TimeUnit.MILLISECONDS);
            }
        };
        var unused = scheduler.schedule(first, STATE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static long sizeOf(String databaseUrl) {
        try (Connection connection = DatabaseUrl.of(databaseUrl).connect();
                Statement statement = connection.createStatement();
                ResultSet size = statement.executeQuery("SELECT pg_database_size(current_database())")) {
            return size.next() ? size.getLong(1) : 0;
        } catch (SQLException unreachable) {
            // The work itself will say why it cannot be reached; a size is only for show.
            return 0;
        }
    }
}
