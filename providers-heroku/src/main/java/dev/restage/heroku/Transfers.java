package dev.restage.heroku;

import dev.restage.http.Download;
import dev.restage.http.Json;
import dev.restage.http.Polling;
import dev.restage.http.RestRequest;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts transfers once, follows them to their end, and judges how they ended. */
final class Transfers {

    /** Backups of Heroku are meant for databases up to 20 GB, which take far less. */
    private static final Duration LIMIT = Duration.ofHours(6);

    /** So many looks in a row may fail; each has its own retries besides. */
    private static final int FAILED_LOOKS = 10;

    /** So often it may be refused because of another one that cannot be seen any more, or not yet. */
    private static final int REFUSALS = 8;

    private static final Set<Kind> BRIEF = Set.of(Kind.UNAVAILABLE, Kind.NOT_FOUND, Kind.THROTTLED);

    private static final Pattern ERROR = Pattern.compile("(?i)\\berror:");

    /**
     * Complaints about what belongs to Heroku's superuser or to a newer pg_dump, and the sum of all complaints: the data
     * is there. Source: reports of users, in github.com/heroku/heroku-pg-extras/issues/55 and
     * github.com/pgadmin-org/pgadmin4/issues/8044.
     */
    private static final Pattern HARMLESS = Pattern.compile("(?i)must be owner of (extension|schema) "
            + "|unrecognized configuration parameter \"transaction_timeout\""
            + "|errors ignored on restore"
            + "|while PROCESSING TOC");

    private static final Pattern URL = Pattern.compile("\\S+://\\S+");

    /** Whoever reads a backup that is not encrypted on its way reads people; this machine has no way. */
    private static final Pattern WEB =
            Pattern.compile("https://[^/@?#\\s]+/\\S*|http://(127\\.0\\.0\\.1|localhost)(:\\d+)?/\\S*");

    private final HerokuApi api;
    private final Waits waits;

    Transfers(HerokuApi api, Waits waits) {
        this.api = api;
        this.waits = waits;
    }

    List<Transfer> of(String app) {
        return api.dataList(RestRequest.get("client/v11/apps/{}/transfers", app))
                .map(Transfer::new)
                .toList();
    }

    /** The transfer of a number, whatever it is. */
    Optional<Transfer> find(String app, long number) {
        return of(app).stream().filter(transfer -> transfer.number() == number).findFirst();
    }

    /** Opens a finished backup from its first byte on, if the store still has it. */
    Download open(String app, Transfer backup) {
        return api.download(() -> publicUrl(app, backup));
    }

    /** It holds for an hour, so it is asked for whenever it is needed. */
    private String publicUrl(String app, Transfer backup) {
        Json answer = api.data(RestRequest.post(
                        "client/v11/apps/{}/transfers/{}/actions/public-url", app, Long.toString(backup.number()))
                .repeatable());
        if (!WEB.matcher(answer.text("url")).matches()) {
            throw new ProviderException(
                    Kind.FAILED,
                    "Heroku gave no https URL for it; see \"heroku pg:backups:url -a %s\"".formatted(app),
                    Effect.NONE,
                    null);
        }
        return answer.text("url");
    }

    /** Removes a backup, if it is there. */
    void delete(String app, long number) {
        try {
            api.data(RestRequest.delete("client/v11/apps/{}/transfers/{}", app, Long.toString(number)));
        } catch (ProviderException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    /**
     * Waits until no other transfer of the app runs: Heroku runs one at a time.
     *
     * @throws ProviderException {@code CONFLICT} if one is still running after as long as is waited for
     */
    void awaitFree(AddOn addOn, Progress progress) {
        AtomicInteger failures = new AtomicInteger();
        AtomicReference<@Nullable Transfer> running = new AtomicReference<>();
        Optional<Boolean> free = waits.polling().until(waits.patience(), () -> {
            Optional<Transfer> found = unfinished(addOn.billingApp(), failures, running.get());
            running.set(found.orElse(null));
            // Heard of, but not counted: what others do is no part of what is done here.
            progress.report(Progress.Unit.BYTES, 0, 0);
            return found.isEmpty() ? Optional.of(true) : Optional.empty();
        });
        Transfer other = running.get();
        if (free.isEmpty() && other != null) {
            throw new ProviderException(
                    Kind.CONFLICT,
                    "the app %s runs another transfer since %s (%s), and Heroku runs one at a time; run again when it has ended, or end it by \"heroku pg:backups:cancel -a %1$s\""
                            .formatted(addOn.billingApp(), other.createdAt(), other.uuid()),
                    Effect.NONE,
                    null);
        }
    }

    /** One that runs; if that cannot be told for a moment, the one that ran before. */
    private Optional<Transfer> unfinished(String app, AtomicInteger failures, @Nullable Transfer before) {
        try {
            Optional<Transfer> found =
                    of(app).stream().filter(transfer -> !transfer.isFinished()).findFirst();
            failures.set(0);
            return found;
        } catch (ProviderException e) {
            if (before == null || !BRIEF.contains(e.kind()) || failures.incrementAndGet() >= FAILED_LOOKS) {
                throw e;
            }
            return Optional.of(before);
        }
    }

    /**
     * Asks for a transfer once, and again only when another one that began meanwhile was in the way. When the answer is lost,
     * looks whether it was started and goes on with that one.
     */
    Transfer start(AddOn addOn, RestRequest request, Predicate<Transfer> isMeant, Progress progress) {
        for (int refused = 1; ; refused++) {
            awaitFree(addOn, progress);
            Set<String> before =
                    of(addOn.billingApp()).stream().map(Transfer::uuid).collect(Collectors.toSet());
            try {
                return new Transfer(api.data(request));
            } catch (ProviderException e) {
                if (e.kind() == Kind.UNAVAILABLE) {
                    return of(addOn.billingApp()).stream()
                            .filter(transfer -> !before.contains(transfer.uuid()))
                            .filter(isMeant)
                            .max(Comparator.comparing(Transfer::createdAt))
                            .orElseThrow(() -> e);
                }
                if (e.kind() != Kind.CONFLICT || refused == REFUSALS) {
                    throw e;
                }
                Polling.pause(waits.polling().first().multipliedBy(1L << refused), e);
            }
        }
    }

    /** Waits for the end, and throws unless it is a good one. */
    Transfer finish(AddOn addOn, Transfer started, Effect ifItFails, Progress progress) {
        AtomicInteger failures = new AtomicInteger();
        Transfer ended = waits.polling()
                .until(LIMIT, () -> look(addOn, started, failures, progress))
                .orElseThrow(() -> unknown(addOn, started, "it has not ended", null));
        if (!ended.succeeded()) {
            throw new ProviderException(
                    Kind.FAILED,
                    "the transfer %s of %s failed%s; see \"heroku pg:backups:info\""
                            .formatted(ended.uuid(), addOn.billingApp(), quoted(logs(addOn, ended))),
                    ifItFails,
                    null);
        }
        if (ended.json().requiredNumber("warnings") > 0) {
            checkWarnings(addOn, ended, ifItFails);
        }
        return ended;
    }

    private Optional<Transfer> look(AddOn addOn, Transfer started, AtomicInteger failures, Progress progress) {
        try {
            Transfer now = new Transfer(
                    api.data(RestRequest.get("client/v11/apps/{}/transfers/{}", addOn.billingApp(), started.uuid())));
            failures.set(0);
            progress.report(Progress.Unit.BYTES, now.json().number("processed_bytes"), 0);
            return now.isFinished() ? Optional.of(now) : Optional.empty();
        } catch (ProviderException e) {
            if (!BRIEF.contains(e.kind()) || failures.incrementAndGet() >= FAILED_LOOKS) {
                throw unknown(addOn, started, String.valueOf(e.getMessage()), e);
            }
            return Optional.empty();
        }
    }

    private void checkWarnings(AddOn addOn, Transfer ended, Effect ifItFails) {
        List<String> errors = logs(addOn, ended).stream()
                .filter(line -> ERROR.matcher(line).find())
                .toList();
        List<String> serious =
                errors.stream().filter(line -> !HARMLESS.matcher(line).find()).toList();
        if (errors.isEmpty() || !serious.isEmpty()) {
            throw new ProviderException(
                    Kind.FAILED,
                    "the transfer %s of %s ended with %d warnings, so it may be incomplete%s; see \"heroku pg:backups:info\""
                            .formatted(
                                    ended.uuid(),
                                    addOn.billingApp(),
                                    ended.json().number("warnings"),
                                    quoted(serious)),
                    ifItFails,
                    null);
        }
    }

    private List<String> logs(AddOn addOn, Transfer transfer) {
        Json verbose = api.data(RestRequest.get("client/v11/apps/{}/transfers/{}", addOn.billingApp(), transfer.uuid())
                .query("verbose", "true"));
        return verbose.at("logs").list().map(line -> line.text("message")).toList();
    }

    /** The last lines, without URLs, which hold credentials, and without details, which hold data. */
    private static String quoted(List<String> lines) {
        List<String> shown = lines.stream()
                .filter(line -> !line.contains("DETAIL:") && !line.contains("CONTEXT:") && !line.isBlank())
                .map(line -> URL.matcher(line.strip()).replaceAll("***"))
                .map(line -> line.substring(0, Math.min(200, line.length())))
                .toList();
        List<String> last = shown.subList(Math.max(0, shown.size() - 3), shown.size());
        return last.isEmpty() ? "" : ": " + String.join("; ", last);
    }

    private static ProviderException unknown(AddOn addOn, Transfer transfer, String why, @Nullable Throwable cause) {
        return new ProviderException(
                Kind.UNAVAILABLE,
                "it is not known how the transfer %s of %s ended: %s; see \"heroku pg:backups -a %s\" before running again"
                        .formatted(transfer.uuid(), addOn.billingApp(), why, addOn.billingApp()),
                Effect.UNKNOWN,
                cause);
    }
}
