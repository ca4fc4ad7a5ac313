package dev.restage.heroku;

import dev.restage.http.Json;
import dev.restage.http.RestRequest;
import dev.restage.masking.DatabaseShape;
import dev.restage.postgres.PostgresBacked;
import dev.restage.postgres.PostgresDatabase;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.Identity;
import dev.restage.provider.Lockable;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Register;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.DatabaseInfo;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.DatabaseTexts;
import dev.restage.provider.database.Dataset;
import dev.restage.provider.database.Incomplete;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import dev.restage.provider.media.MediaQuery;
import dev.restage.provider.media.MediaReference;
import java.sql.Connection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    private final Waits waits;
    private final Transfers transfers;
    private final String app;
    private final String configVar;
    private final Variables variables;

    HerokuPostgres(HerokuApi api, Waits waits, String app, String configVar, Variables variables) {
        this.api = api;
        this.latch = new Latch(api);
        this.waits = waits;
        this.transfers = new Transfers(api, waits);
        this.app = app;
        this.configVar = configVar;
        this.variables = variables;
    }

    @Override
    public ConnectionSpec connection() {
        Secret url = new ConfigVar(app, configVar).read(api);
        return ConnectionSpec.of(url, configVar + " of the app " + app);
    }

    private PostgresDatabase postgres() {
        return PostgresDatabase.of(connection(), variables);
    }

    @Override
    public Identity identity() {
        return postgres().identity();
    }

    /** The app, and what belongs to it: a database that is written under another name is found by these. */
    @Override
    public Set<Address> companions() {
        Set<Address> all = new TreeSet<>(new HerokuApp(api, waits.polling(), app).companions());
        all.add(Address.of(HerokuModule.APP + ":" + app));
        all.remove(Address.of(toString()));
        return all;
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
        checkLatch();
        return postgres().write();
    }

    @Override
    public Stream<MediaReference> media(MediaQuery query) {
        return postgres().media(query);
    }

    @Override
    public void texts(DatabaseTexts reader) {
        postgres().texts(reader);
    }

    @Override
    public CopyCheck checkCopy(Dataset source, CopyOptions options) {
        return postgres().checkCopy(source, options);
    }

    @Override
    public CopyResult copyFrom(Dataset source, CopyOptions options, Progress progress) {
        checkLatch();
        PostgresDatabase database = postgres();
        return (options.before() == null ? database : database.backedUpBy(this)).copyFrom(source, options, progress);
    }

    @Override
    public Register register() {
        return postgres().register();
    }

    /** The app's, and that of the app that the database belongs to: one of production can be attached to another app. */
    private void checkLatch() {
        latch.check(app);
        AddOn.find(api, app, configVar)
                .map(AddOn::billingApp)
                .filter(owner -> !owner.equals(app))
                .ifPresent(latch::check);
    }

    @Override
    public Snapshot capture(Progress progress) {
        checkLatch();
        AddOn addOn = addOn();
        Transfer started = transfers.start(
                addOn,
                RestRequest.post("client/v11/databases/{}/backups", addOn.id()),
                transfer -> transfer.isBackup() && addOn.isIn(transfer, "from_name"),
                progress);
        return transfers.finish(addOn, started, Effect.NONE, progress).snapshot(addOn.billingApp());
    }

    /** {@inheritDoc} Before the database is emptied, the backup is known to be there and no other transfer to be running. */
    @Override
    public void restore(SnapshotId snapshot, Progress progress) {
        checkLatch();
        if (!isBackup(snapshot)) {
            postgres().restore(snapshot, progress);
            return;
        }
        AddOn addOn = addOn();
        Transfer backup = own(addOn, snapshot)
                .orElseThrow(() -> refused(Kind.NOT_FOUND, addOn, "there is no backup " + snapshot));
        backup.obstacle().ifPresent(why -> {
            throw refused(Kind.NOT_FOUND, addOn, "the backup %s %s".formatted(snapshot, why));
        });
        String backupUrl = backup.json().text("to_url");
        if (backupUrl.isEmpty()) {
            throw refused(Kind.FAILED, addOn, "Heroku does not say where the backup %s is".formatted(snapshot));
        }
        checkWritable(addOn);
        checkReadable(addOn, snapshot, backup);
        transfers.awaitFree(addOn, progress);
        empty(addOn);
        Transfer started = startRestore(addOn, snapshot, backupUrl, progress);
        transfers.finish(addOn, started, Effect.SOME, progress);
    }

    /**
     * The backup that an id names, if it is there. Data of another database, production's perhaps, are not masked, and its
     * backups are not ours to delete.
     */
    private Optional<Transfer> own(AddOn addOn, SnapshotId snapshot) {
        Matcher form = SNAPSHOT.matcher(snapshot.value());
        if (!form.matches()) {
            throw new IllegalArgumentException("not a backup of Heroku: %s; write app::b001".formatted(snapshot));
        }
        String owner = form.group(1);
        if (owner != null && !owner.equals(addOn.billingApp())) {
            throw new GuardException(
                    "%s names a backup of the app %s, and those of %s are of the app %s; use one of them"
                            .formatted(snapshot, owner, this, addOn.billingApp()));
        }
        Optional<Transfer> found = transfers.find(addOn.billingApp(), Long.parseLong(form.group(2)));
        found.filter(transfer -> !transfer.isBackup() || !addOn.isIn(transfer, "from_name"))
                .ifPresent(other -> {
                    throw new GuardException(
                            "%s is no backup of %s but of another database of the app %s (%s); see \"heroku pg:backups -a %3$s\""
                                    .formatted(
                                            snapshot,
                                            this,
                                            addOn.billingApp(),
                                            other.json().text("from_name")));
                });
        return found;
    }

    private void checkReadable(AddOn addOn, SnapshotId snapshot, Transfer backup) {
        try {
            transfers.open(addOn.billingApp(), backup).close();
        } catch (ProviderException e) {
            throw refused(e.kind(), addOn, "the backup %s cannot be read: %s".formatted(snapshot, e.getMessage()));
        }
    }

    private ProviderException refused(Kind kind, AddOn addOn, String why) {
        return new ProviderException(
                kind,
                "%s, so %s is unchanged; see \"heroku pg:backups -a %s\"".formatted(why, this, addOn.billingApp()),
                Effect.NONE,
                null);
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
        Optional<Json> ready = waits.polling().until(RESET_LIMIT, () -> {
            Json status = api.data(RestRequest.get("client/v11/databases/{}/wait_status", addOn.id()));
            return status.requiredFlag("waiting?") ? Optional.empty() : Optional.of(status);
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

    private Transfer startRestore(AddOn addOn, SnapshotId snapshot, String backupUrl, Progress progress) {
        try {
            return transfers.start(
                    addOn,
                    RestRequest.post("client/v11/databases/{}/restores", addOn.id())
                            .json(Map.of("backup_url", backupUrl)),
                    transfer -> transfer.json().text("from_url").equals(backupUrl),
                    progress);
        } catch (ProviderException e) {
            // Whatever the call itself has done: the database is empty now.
            throw new ProviderException(
                    e.kind(),
                    "%s; %s is empty now: restore %s again".formatted(e.getMessage(), this, snapshot),
                    Effect.SOME,
                    e);
        }
    }

    /** {@inheritDoc} A restore names only the URL of its backup, so the backup is looked for among those of this database. */
    @Override
    public Optional<SnapshotId> restored() {
        AddOn addOn = addOn();
        List<Transfer> all = transfers.of(addOn.billingApp());
        return all.stream()
                .filter(transfer -> transfer.fills() && addOn.isIn(transfer, "to_name"))
                .max(Comparator.comparing(Transfer::createdAt).thenComparing(Transfer::number))
                .filter(Transfer::succeeded)
                .map(transfer -> transfer.json().text("from_url"))
                .flatMap(url -> all.stream()
                        .filter(Transfer::isBackup)
                        .filter(transfer -> transfer.json().text("to_url").equals(url))
                        .map(transfer -> transfer.id(addOn.billingApp()))
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
        checkLatch();
        if (!isBackup(snapshot)) {
            postgres().delete(snapshot);
            return;
        }
        AddOn addOn = addOn();
        own(addOn, snapshot).ifPresent(backup -> transfers.delete(addOn.billingApp(), backup.number()));
    }

    /** Others are those that a copy keeps of the state before it. */
    private static boolean isBackup(SnapshotId snapshot) {
        return SNAPSHOT.matcher(snapshot.value()).matches();
    }

    private AddOn addOn() {
        return AddOn.behind(api, app, configVar).withBackups(this);
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
