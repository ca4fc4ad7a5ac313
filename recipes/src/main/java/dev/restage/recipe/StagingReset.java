package dev.restage.recipe;

import dev.restage.masking.MaskingPolicy;
import dev.restage.media.MediaSyncOptions;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.database.CopyOptions.Orphans;
import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.MediaQuery;
import dev.restage.step.SendMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The complete reset of a staging environment from production. A phase is in the plan if the environments have the
 * addresses that it needs; {@link #without} leaves one out.
 *
 * <pre>{@code
 * ResetPlan plan = StagingReset.of(production, staging)
 *         .framework(Wagtail.site())
 *         .merge("feature/search", "feature/footer")
 *         .tellColleagues("webhook:SLACK_WEBHOOK_URL")
 *         .build();
 * }</pre>
 *
 * <p>Collects settings; not for several threads.
 */
public final class StagingReset {

    final Environment production;
    final Environment staging;
    final List<String> merges = new ArrayList<>();
    final List<String> left = new ArrayList<>();
    final List<String> paths = new ArrayList<>(List.of("/"));
    final Set<String> leftOut = new LinkedHashSet<>();
    final Set<String> stay = new TreeSet<>(Set.of("web"));

    Orphans orphans = Orphans.REFUSE;

    @Nullable Framework framework;

    @Nullable MaskingPolicy own;

    @Nullable Address dump;

    @Nullable FileRules cleaning;

    @Nullable SendMessage colleagues;

    @Nullable SendMessage client;

    /** Which media count as needed; null if all of production's are wanted. */
    @Nullable Function<Framework, MediaQuery> needed;

    /** So many days a reset can be undone with its media. */
    private static final int TRASH_DAYS = 14;

    MediaSyncOptions media = MediaSyncOptions.builder()
            .surplus(MediaSyncOptions.Surplus.DELETE)
            .trashDays(TRASH_DAYS)
            .build();
    String author = "Restage <restage@localhost>";
    String keyVariable = "RESTAGE_MASKING_KEY";
    Duration staleAfter = Duration.ofDays(90);
    Duration deployLimit = Duration.ofMinutes(20);
    Duration commandLimit = Duration.ofMinutes(30);
    Duration checksLimit = Duration.ofMinutes(15);
    int samples = 10;

    private StagingReset(Environment production, Environment staging) {
        this.production = production;
        this.staging = staging;
    }

    /**
     * Starts a reset.
     *
     * @param production the environment to read
     * @param staging the environment to replace
     * @return the reset with its usual settings
     */
    public static StagingReset of(Environment production, Environment staging) {
        return new StagingReset(production, staging);
    }

    /**
     * Says what the site is built with; needed for the phases of the database.
     *
     * @param software such as {@code Wagtail.site()}
     * @return this reset
     */
    public StagingReset framework(Framework software) {
        framework = software;
        return this;
    }

    /**
     * Adds masking rules that go before the framework's.
     *
     * @param rules the project's own rules
     * @return this reset
     */
    public StagingReset policy(MaskingPolicy rules) {
        own = rules;
        return this;
    }

    /**
     * Leaves objects of production's database behind that staging cannot have and nothing needs.
     *
     * @param objects the objects, named as the preview names them, with {@code *} for any text: {@code EXTENSION pg_cron}
     * @return this reset
     */
    public StagingReset leaveBehind(String... objects) {
        left.addAll(List.of(objects));
        return this;
    }

    /**
     * Copies the database from a dump, so that production's server is spared the work. What is compared and searched for is
     * still asked of production's database itself.
     *
     * @param backup a dump of production's database: {@code heroku-backup:my-app} or {@code pg-dump:/path/file.dump}
     * @return this reset
     */
    public StagingReset databaseFrom(String backup) {
        dump = Address.of(backup);
        return this;
    }

    /**
     * Names branches that are merged into staging's branch, after those named before.
     *
     * @param branches the branches, in the order in which they are merged
     * @return this reset
     */
    public StagingReset merge(String... branches) {
        merges.addAll(List.of(branches));
        return this;
    }

    /**
     * Says who the merge commits name.
     *
     * @param nameAndMail {@code Name <mail>}
     * @return this reset
     */
    public StagingReset author(String nameAndMail) {
        author = nameAndMail;
        return this;
    }

    /**
     * Names the variable that holds the masking key; {@code RESTAGE_MASKING_KEY} otherwise.
     *
     * @param variable the variable
     * @return this reset
     */
    public StagingReset maskingKey(String variable) {
        keyVariable = variable;
        return this;
    }

    /**
     * Says how media are compared and what may be deleted; otherwise staging's become exactly production's, within the
     * caps, and what is replaced or deleted is kept for 14 days in staging's store, for an undo.
     *
     * @param options the options
     * @return this reset
     */
    public StagingReset media(MediaSyncOptions options) {
        media = options;
        return this;
    }

    /**
     * Copies only the media that rows of the copied database name. Otherwise all of production's are copied, except those
     * that are made again.
     *
     * @return this reset
     */
    public StagingReset neededMedia() {
        needed = Framework::media;
        return this;
    }

    /**
     * Copies only the media that pages under a path show, published or as drafts.
     *
     * @param path the path of a URL, without host: {@code /blog/}
     * @return this reset
     */
    public StagingReset neededMediaUnder(String path) {
        needed = software -> software.media().reachedBy(software.pagesUnder(path));
        return this;
    }

    /**
     * Cleans media files of what they say about people on their way; otherwise they are copied as they are. Needs the module
     * {@code restage-files}.
     *
     * @param rules what is removed: {@link FileRules#STANDARD} for all that can be
     * @return this reset
     */
    public StagingReset cleanFiles(FileRules rules) {
        cleaning = rules;
        return this;
    }

    /**
     * Names process types that go on during the reset besides {@code web}.
     *
     * @param types process types that do not touch the database
     * @return this reset
     */
    public StagingReset keepRunning(String... types) {
        stay.addAll(List.of(types));
        return this;
    }

    /**
     * Names pages that are read afterwards besides the front page.
     *
     * @param more absolute paths
     * @return this reset
     */
    public StagingReset check(String... more) {
        paths.addAll(List.of(more));
        return this;
    }

    /**
     * Says how many pages of the site map are read afterwards; 10 otherwise.
     *
     * @param pages how many; 0 if the site has no site map
     * @return this reset
     */
    public StagingReset checkSiteMap(int pages) {
        samples = pages;
        return this;
    }

    /**
     * Names where colleagues are told, with what they have to do.
     *
     * @param notifier such as {@code webhook:SLACK_WEBHOOK_URL}
     * @return this reset
     */
    public StagingReset tellColleagues(String notifier) {
        return tellColleagues(
                notifier, ResetMessages.colleaguesTitle(staging), ResetMessages.colleagues(production, staging));
    }

    /**
     * Names where colleagues are told, in one's own words.
     *
     * @param notifier such as {@code webhook:SLACK_WEBHOOK_URL}
     * @param title one line, with places for facts as {@link SendMessage} has them
     * @param text the body, likewise; a line whose facts were not recorded is not sent
     * @return this reset
     */
    public StagingReset tellColleagues(String notifier, String title, String text) {
        colleagues = new SendMessage(Address.of(notifier), title, text);
        return this;
    }

    /**
     * Names where the client is told.
     *
     * @param notifier such as {@code webhook:CLIENT_WEBHOOK_URL}
     * @return this reset
     */
    public StagingReset tellClient(String notifier) {
        return tellClient(notifier, ResetMessages.clientTitle(staging), ResetMessages.client());
    }

    /**
     * Names where the client is told, in one's own words.
     *
     * @param notifier such as {@code webhook:CLIENT_WEBHOOK_URL}
     * @param title one line, with places for facts as {@link SendMessage} has them
     * @param text the body, likewise; a line whose facts were not recorded is not sent
     * @return this reset
     */
    public StagingReset tellClient(String notifier, String title, String text) {
        client = new SendMessage(Address.of(notifier), title, text);
        return this;
    }

    /**
     * Says when a merged branch is called stale; after 90 days otherwise.
     *
     * @param age the age of its newest commit
     * @return this reset
     */
    public StagingReset staleAfter(Duration age) {
        staleAfter = age;
        return this;
    }

    /**
     * Says how long to wait for a deployment; 20 minutes otherwise.
     *
     * @param limit the longest wait
     * @return this reset
     */
    public StagingReset deployWithin(Duration limit) {
        deployLimit = limit;
        return this;
    }

    /**
     * Says how long a command beside the app may take; 30 minutes otherwise.
     *
     * @param limit the longest time
     * @return this reset
     */
    public StagingReset commandsWithin(Duration limit) {
        commandLimit = limit;
        return this;
    }

    /**
     * Says how long to wait for the checks of continuous integration; 15 minutes otherwise.
     *
     * @param limit the longest wait
     * @return this reset
     */
    public StagingReset checksWithin(Duration limit) {
        checksLimit = limit;
        return this;
    }

    /**
     * Copies rows that refer by a foreign key to rows that are not there, and leaves that key NOT VALID; the preview counts
     * them, and refuses them otherwise.
     *
     * @return this reset
     */
    public StagingReset keepOrphans() {
        orphans = Orphans.KEEP;
        return this;
    }

    /**
     * Leaves phases out.
     *
     * @param phases names of steps, as {@link ResetPlan#steps} shows them
     * @return this reset
     */
    public StagingReset without(String... phases) {
        leftOut.addAll(List.of(phases));
        return this;
    }

    /**
     * {@return the plan, checked}
     *
     * @throws dev.restage.provider.PlanException if a phase that is to be left out does not exist, or an address is
     *     missing
     */
    public ResetPlan build() {
        return new ResetPhases(this).plan();
    }
}
