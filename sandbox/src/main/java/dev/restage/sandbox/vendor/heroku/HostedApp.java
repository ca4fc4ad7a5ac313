package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.vendor.internal.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one app on the Heroku stand-in. */
final class HostedApp {

    /** How long a dyno is "starting" after a release or a restart. */
    private static final Duration START = Duration.ofMillis(100);

    private static final int LOG_LINES = 1500;

    private final HerokuApp spec;
    private final String webUrl;
    private final Instant createdAt = Instant.now();
    private final Map<String, String> configVars;
    private final Map<String, Integer> formation;
    private final List<AddOn> addOns;
    private final List<HerokuAddOns.Owned> attached = new ArrayList<>();
    private final List<Release> releases = new ArrayList<>();
    private final List<Dyno> oneOffs = new ArrayList<>();
    private final List<LogLine> log = new ArrayList<>();
    private boolean maintenance;
    private boolean repositoryEmpty;
    private Instant restartedAt = Instant.now();

    HostedApp(HerokuApp spec, String webUrl) {
        this.spec = spec;
        this.webUrl = webUrl;
        this.configVars = new LinkedHashMap<>(spec.configVars());
        this.formation = new LinkedHashMap<>(spec.formation());
        this.addOns = AddOn.of(spec);
        releases.add(new Release(spec.name(), 1, "Initial release", "", spec.configVars(), createdAt));
    }

    record Release(
            String app, int version, String description, String commit, Map<String, String> configVars, Instant at) {

        String id() {
            return Ids.uuid(app + " v" + version);
        }

        boolean hasSlug() {
            return !commit.isEmpty();
        }

        String slugId() {
            return Ids.uuid(app + " slug " + commit);
        }
    }

    record Dyno(
            String id, String name, String type, String state, String command, String size, int release, Instant at) {

        Dyno in(String newState) {
            return new Dyno(id, name, type, newState, command, size, release, at);
        }
    }

    record LogLine(Instant at, String source, String dyno, String text) {

        @Override
        public String toString() {
            return "%s %s[%s]: %s".formatted(at, source, dyno, text);
        }
    }

    HerokuApp spec() {
        return spec;
    }

    String name() {
        return spec.name();
    }

    String id() {
        return Ids.uuid("app " + spec.name());
    }

    String webUrl() {
        return webUrl;
    }

    Instant createdAt() {
        return createdAt;
    }

    List<AddOn> addOns() {
        return addOns;
    }

    synchronized List<HerokuAddOns.Owned> attached() {
        return List.copyOf(attached);
    }

    /** Attaches an add-on of another app under a config var. */
    synchronized void attach(AddOn addOn, HostedApp owner, String configVar) {
        attached.add(new HerokuAddOns.Owned(addOn, owner, this, configVar));
        configVars.put(configVar, addOn.url());
    }

    synchronized boolean maintenance() {
        return maintenance;
    }

    synchronized void maintenance(boolean on) {
        maintenance = on;
    }

    synchronized boolean repositoryEmpty() {
        return repositoryEmpty;
    }

    synchronized void emptyRepository() {
        repositoryEmpty = true;
    }

    synchronized Map<String, String> configVars() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(configVars));
    }

    /** Sets and removes (null) config vars; makes one release if anything changed. */
    synchronized void change(Map<String, @Nullable String> changes) {
        List<String> set = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        changes.forEach((name, value) -> {
            if (value == null) {
                if (configVars.remove(name) != null) {
                    removed.add(name);
                }
            } else if (!value.equals(configVars.put(name, value))) {
                set.add(name);
            }
        });
        if (!set.isEmpty() || !removed.isEmpty()) {
            String verb = set.isEmpty() ? "Remove " : "Set ";
            set.addAll(removed);
            release(verb + String.join(", ", set) + " config vars", current().commit());
        }
    }

    synchronized Release release(String description, String commit) {
        Release release =
                new Release(spec.name(), releases.size() + 1, description, commit, configVars(), Instant.now());
        releases.add(release);
        if (description.startsWith("Deploy")) {
            repositoryEmpty = false;
        }
        restart();
        return release;
    }

    /** Makes an earlier release's code and config vars current again. */
    synchronized Release rollBackTo(Release earlier) {
        configVars.clear();
        configVars.putAll(earlier.configVars());
        return release("Rollback to v" + earlier.version(), earlier.commit());
    }

    synchronized Release current() {
        return releases.get(releases.size() - 1);
    }

    synchronized List<Release> releases() {
        return List.copyOf(releases);
    }

    synchronized Map<String, Integer> formation() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(formation));
    }

    synchronized void scale(String type, int quantity) {
        formation.put(type, quantity);
    }

    synchronized void restart() {
        restartedAt = Instant.now();
    }

    synchronized boolean serves() {
        return !maintenance && formation.getOrDefault("web", 0) > 0;
    }

    synchronized List<Dyno> dynos() {
        List<Dyno> dynos = new ArrayList<>();
        String state = Instant.now().isBefore(restartedAt.plus(START)) ? "starting" : "up";
        formation.forEach((type, quantity) -> {
            for (int i = 1; i <= quantity; i++) {
                String name = type + "." + i;
                String id = Ids.uuid(spec.name() + name + restartedAt);
                dynos.add(
                        new Dyno(id, name, type, state, type, "Basic", current().version(), restartedAt));
            }
        });
        dynos.addAll(oneOffs);
        return dynos;
    }

    synchronized Optional<Dyno> dyno(String nameOrId) {
        return dynos().stream()
                .filter(dyno -> dyno.name().equals(nameOrId) || dyno.id().equals(nameOrId))
                .findFirst();
    }

    /** Adds a one-off dyno, or replaces what is known of it. */
    synchronized void keep(Dyno dyno) {
        oneOffs.removeIf(known -> known.id().equals(dyno.id()));
        oneOffs.add(dyno);
    }

    synchronized void forget(Dyno dyno) {
        oneOffs.removeIf(known -> known.id().equals(dyno.id()));
    }

    synchronized void log(String source, String dyno, String text) {
        log.add(new LogLine(Instant.now(), source, dyno, text));
        if (log.size() > LOG_LINES) {
            log.remove(0);
        }
    }

    synchronized List<LogLine> log() {
        return List.copyOf(log);
    }
}
