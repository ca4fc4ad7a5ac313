package dev.restage.heroku;

import dev.restage.http.Json;
import dev.restage.http.RestRequest;
import dev.restage.masking.DatabaseShape;
import dev.restage.postgres.PostgresBacked;
import dev.restage.postgres.PostgresDatabase;
import dev.restage.provider.CopyCheck;
import dev.restage.provider.CopyOptions;
import dev.restage.provider.CopyResult;
import dev.restage.provider.Database;
import dev.restage.provider.DatabaseInfo;
import dev.restage.provider.DatabaseSnapshotter;
import dev.restage.provider.Dataset;
import dev.restage.provider.Identity;
import dev.restage.provider.Incomplete;
import dev.restage.provider.Lockable;
import dev.restage.provider.MediaQuery;
import dev.restage.provider.MediaReference;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Snapshot;
import dev.restage.provider.SnapshotId;
import dev.restage.provider.Variables;
import java.sql.Connection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A database of Heroku Postgres. Snapshots are Heroku's own backups; all else goes to the server itself, at the URL that
 * the config var holds at that moment, as Heroku changes it when it moves a database.
 */
final class HerokuPostgres implements Database, DatabaseSnapshotter, Lockable, PostgresBacked {

    private static final Duration RESET_LIMIT = Duration.ofMinutes(10);
    private static final Pattern SNAPSHOT = Pattern.compile("(?:([a-z][a-z0-9-]*)::)?[ab](\\d{1,9})");

    private final HerokuApi api;
    private final Latch latch;
    private final Polling polling;
    private final Transfers transfers;
    private final String app;
    private final String configVar;
    private final Variables variables;

    HerokuPostgres(HerokuApi api, Polling polling, String app, String configVar, Variables variables) {
        this.api = api;
        this.latch = new Latch(api);
        this.polling = polling;
        this.transfers = new Transfers(api, polling);
        this.app = app;
        this.configVar = configVar;
        this.variables = variables;
    }

    @Override
    public PostgresDatabase postgres() {
        String url = api.get("apps/{}/config-vars", app).text(configVar);
        if (url.isEmpty()) {
            throw new ProviderException(
                    Kind.NOT_FOUND,
                    "the app %s has no config var %s; see \"heroku config -a %s\"".formatted(app, configVar, app),
                    Effect.NONE,
                    null);
        }
        return PostgresDatabase.of(DatabaseUrl.parse(url, configVar + " of the app " + app), variables);
    }

    @Override
    public Identity identity() {
        return postgres().identity();
    }

    @Override
    public DatabaseInfo describe() {
        return postgres().describe();
    }

    @Override
    public DatabaseShape shape() {
        return postgres().shape();
    }

    @Override
    public Connection read() {
        return postgres().read();
    }

    @Override
    public Optional<Incomplete> incomplete() {
        return postgres().incomplete();
    }

    @Override
    public Connection write() {
        latch.check(app);
        return postgres().write();
    }

    @Override
    public Stream<MediaReference> media(MediaQuery query) {
        return postgres().media(query);
    }

    @Override
    public CopyCheck checkCopy(Dataset source, CopyOptions options) {
        return postgres().checkCopy(source, options);
    }

    @Override
    public CopyResult copyFrom(Dataset source, CopyOptions options, Progress progress) {
        latch.check(app);
        PostgresDatabase database = postgres();
        return (options.before() == null ? database : database.backedUpBy(this)).copyFrom(source, options, progress);
    }

    @Override
    public Lock lock(String owner) {
        return postgres().lock(owner);
    }

    @Override
    public Snapshot capture(Progress progress) {
        AddOn addOn = addOn();
        Transfer started = transfers.start(
                addOn,
                RestRequest.post("client/v11/databases/{}/backups", addOn.id()),
                transfer -> transfer.isBackup() && addOn.isIn(transfer, "from_name"));
        return transfers.finish(addOn, started, Effect.NONE, progress).snapshot(addOn.billingApp());
    }

    @Override
    public void restore(SnapshotId snapshot, Progress progress) {
        latch.check(app);
        if (!isBackup(snapshot)) {
            postgres().restore(snapshot, progress);
            return;
        }
        AddOn addOn = addOn();
        if (!addOn.billingApp().equals(app)) {
            latch.check(addOn.billingApp());
        }
        String backupUrl = backup(addOn, snapshot).json().text("to_url");
        checkWritable(addOn);
        empty(addOn);
        Transfer started = startRestore(addOn, backupUrl);
        transfers.finish(addOn, started, Effect.SOME, progress);
    }

    private Transfer backup(AddOn addOn, SnapshotId snapshot) {
        Matcher form = SNAPSHOT.matcher(snapshot.value());
        if (!form.matches()) {
            throw new IllegalArgumentException("not a backup of Heroku: %s; write app::b001".formatted(snapshot));
        }
        String owner = form.group(1) == null ? addOn.billingApp() : form.group(1);
        long number = Long.parseLong(form.group(2));
        api.databaseApps().add(owner);
        return transfers
                .usable(owner, number)
                .orElseThrow(() -> new ProviderException(
                        Kind.NOT_FOUND,
                        "there is no finished backup %s, so %s is unchanged; see \"heroku pg:backups -a %s\""
                                .formatted(snapshot, this, owner),
                        Effect.NONE,
                        null));
    }

    private void checkWritable(AddOn addOn) {
        Json database = api.data(RestRequest.get("client/v11/databases/{}", addOn.id()));
        if (database.at("following").find().isPresent() || database.flag("is_in_recovery?")) {
            throw new ProviderException(
                    Kind.UNSUPPORTED,
                    "%s follows another database, so it cannot be restored; unfollow it or name another"
                            .formatted(this),
                    Effect.NONE,
                    null);
        }
    }

    /** A restore leaves what the backup does not hold, so the database is emptied first, without others in it. */
    private void empty(AddOn addOn) {
        api.data(RestRequest.post("client/v11/databases/{}/connection_reset", addOn.id())
                .repeatable());
        api.data(RestRequest.put("client/v11/databases/{}/reset", addOn.id()).json(Map.of()));
        Optional<Json> ready = polling.until(RESET_LIMIT, () -> {
            Json status = api.data(RestRequest.get("client/v11/databases/{}/wait_status", addOn.id()));
            return status.flag("waiting?") ? Optional.empty() : Optional.of(status);
        });
        if (ready.isEmpty() || ready.get().flag("error?")) {
            throw new ProviderException(
                    Kind.UNAVAILABLE,
                    "%s was emptied and did not come back; see \"heroku pg:info -a %s\", then restore again"
                            .formatted(this, app),
                    Effect.SOME,
                    null);
        }
    }

    private Transfer startRestore(AddOn addOn, String backupUrl) {
        try {
            return transfers.start(
                    addOn,
                    RestRequest.post("client/v11/databases/{}/restores", addOn.id())
                            .json(Map.of("backup_url", backupUrl)),
                    transfer -> transfer.json().text("from_url").equals(backupUrl));
        } catch (ProviderException e) {
            // Whatever the call itself has done: the database is empty now.
            throw new ProviderException(e.kind(), e.getMessage() + "; " + this + " is empty now", Effect.SOME, e);
        }
    }

    /**
     * A restore names only the URL of its backup, so the backup is looked for in this database's app and in the apps
     * whose databases are in use here.
     */
    @Override
    public Optional<SnapshotId> restored() {
        AddOn addOn = addOn();
        Optional<Transfer> last = transfers.of(addOn.billingApp()).stream()
                .filter(transfer -> transfer.fills() && addOn.isIn(transfer, "to_name"))
                .max(Comparator.comparing(Transfer::createdAt).thenComparing(Transfer::number));
        return last.filter(Transfer::succeeded)
                .map(transfer -> transfer.json().text("from_url"))
                .flatMap(url -> Stream.concat(Stream.of(addOn.billingApp()), api.databaseApps().stream())
                        .distinct()
                        .flatMap(owner -> transfers.of(owner).stream()
                                .filter(Transfer::isBackup)
                                .filter(transfer ->
                                        transfer.json().text("to_url").equals(url))
                                .map(transfer -> transfer.id(owner)))
                        .findFirst());
    }

    @Override
    public List<Snapshot> snapshots() {
        AddOn addOn = addOn();
        return transfers.of(addOn.billingApp()).stream()
                .filter(transfer -> transfer.isUsable() && addOn.isIn(transfer, "from_name"))
                .sorted(Comparator.comparing(Transfer::finishedAt)
                        .thenComparing(Transfer::number)
                        .reversed())
                .map(transfer -> transfer.snapshot(addOn.billingApp()))
                .toList();
    }

    @Override
    public void delete(SnapshotId snapshot) {
        Matcher form = SNAPSHOT.matcher(snapshot.value());
        if (!form.matches()) {
            postgres().delete(snapshot);
            return;
        }
        AddOn addOn = addOn();
        String owner = form.group(1) == null ? addOn.billingApp() : form.group(1);
        transfers.delete(owner, Long.parseLong(form.group(2)));
    }

    /** Others are those that a copy keeps of the state before it. */
    private static boolean isBackup(SnapshotId snapshot) {
        return SNAPSHOT.matcher(snapshot.value()).matches();
    }

    private AddOn addOn() {
        AddOn addOn = AddOn.behind(api, app, configVar).withBackups(this);
        api.databaseApps().add(addOn.billingApp());
        return addOn;
    }

    @Override
    public void close() {
        api.close();
    }

    @Override
    public String toString() {
        return "heroku-postgres:" + app + (configVar.equals("DATABASE_URL") ? "" : "/" + configVar);
    }
}
