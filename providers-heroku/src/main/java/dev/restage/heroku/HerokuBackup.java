package dev.restage.heroku;

import dev.restage.http.Download;
import dev.restage.postgres.Arrival;
import dev.restage.postgres.PostgresDump;
import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A backup that Heroku took of an app's database: a certain one, or the newest whenever it is opened. */
final class HerokuBackup implements PostgresDump {

    private final HerokuApi api;
    private final Transfers transfers;
    private final String app;
    private final @Nullable String id;

    /** @param id as Heroku's own client shows it, {@code b001}; null for the newest */
    HerokuBackup(HerokuApi api, Waits waits, String app, @Nullable String id) {
        this.api = api;
        this.transfers = new Transfers(api, waits);
        this.app = app;
        this.id = id;
    }

    /** One backup, and the app that has it. */
    private record Kept(String app, Transfer transfer) {}

    @Override
    public Identity identity() {
        Kept kept = kept();
        return Identity.of("heroku backup", kept.app(), kept.transfer().uuid());
    }

    @Override
    public Arrival open() {
        Kept kept = kept();
        try {
            Download download = transfers.open(kept.app(), kept.transfer());
            return new Arrival(download, download.length());
        } catch (ProviderException e) {
            throw new ProviderException(
                    e.kind(),
                    "%s (%s) cannot be downloaded: %s"
                            .formatted(this, kept.transfer().id(kept.app()), e.getMessage()),
                    Effect.NONE,
                    e);
        }
    }

    private Kept kept() {
        if (id != null) {
            Transfer transfer = transfers
                    .find(app, Long.parseLong(id.substring(1)))
                    .orElseThrow(() -> missing("the app %s has no backup %s".formatted(app, id)));
            transfer.obstacle().ifPresent(why -> {
                throw missing("the backup %s of the app %s %s".formatted(id, app, why));
            });
            return new Kept(app, transfer);
        }
        AddOn addOn = AddOn.behind(api, app, "DATABASE_URL").withBackups(this);
        return transfers.of(addOn.billingApp()).stream()
                .filter(transfer -> transfer.isUsable() && addOn.isIn(transfer, "from_name"))
                .max(Comparator.comparing(Transfer::finishedAt).thenComparing(Transfer::number))
                .map(transfer -> new Kept(addOn.billingApp(), transfer))
                .orElseThrow(() -> missing(
                        "the app %s has no finished backup of its database: take one by \"heroku pg:backups:capture -a %s\""
                                .formatted(app, app)));
    }

    private ProviderException missing(String what) {
        return new ProviderException(
                Kind.NOT_FOUND, "%s; see \"heroku pg:backups -a %s\"".formatted(what, app), Effect.NONE, null);
    }

    @Override
    public void close() {
        api.close();
    }

    @Override
    public String toString() {
        return "heroku-backup:" + app + (id == null ? "" : "/" + id);
    }
}
