package dev.restage.heroku;

import dev.restage.http.Json;
import dev.restage.http.Polling;
import dev.restage.http.RestRequest;
import dev.restage.provider.Address;
import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;
import dev.restage.provider.app.AppState;
import dev.restage.provider.app.CommandResult;
import dev.restage.provider.app.PaaS;
import dev.restage.provider.code.CommitId;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An app on Heroku. */
final class HerokuApp implements PaaS {

    private static final Duration SCALE_LIMIT = Duration.ofMinutes(5);

    /** A sleeping dyno of the Eco plan is there; it wakes with the first visitor. */
    private static final Set<String> RUNNING = Set.of("up", "idle");

    /** Types of dynos that end by themselves. */
    private static final Set<String> PASSING = Set.of("run", "release", "scheduler");

    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final Pattern DATABASE = Pattern.compile("postgres(ql)?://");
    private static final Pattern REDIS = Pattern.compile("rediss?://");

    private final HerokuApi api;
    private final Latch latch;
    private final Polling polling;
    private final String name;

    HerokuApp(HerokuApi api, Polling polling, String name) {
        this.api = api;
        this.latch = new Latch(api);
        this.polling = polling;
        this.name = name;
    }

    @Override
    public Identity identity() {
        return Identity.of("heroku app", api.get("apps/{}", name).required("id"));
    }

    /** Its databases, caches and hosts. What has two names in the app is asked once. */
    @Override
    public Set<Address> companions() {
        Set<Address> found = new TreeSet<>();
        Set<String> urls = new HashSet<>();
        vars().forEach((variable, value) -> {
            if (VARIABLE.matcher(variable).matches() && urls.add(value)) {
                if (DATABASE.matcher(value).lookingAt()) {
                    found.add(at(HerokuModule.POSTGRES, variable, HerokuModule.DATABASE_URL));
                } else if (REDIS.matcher(value).lookingAt()) {
                    found.add(at(HerokuModule.REDIS, variable, HerokuModule.REDIS_URL));
                }
            }
        });
        api.list("apps/{}/domains", name)
                .map(domain -> domain.required("hostname"))
                .filter(host -> !host.startsWith("*"))
                .forEach(host -> found.add(Address.of("https://" + host + "/")));
        return found;
    }

    private Address at(String scheme, String variable, String usual) {
        return Address.of("%s:%s%s".formatted(scheme, name, variable.equals(usual) ? "" : "/" + variable));
    }

    @Override
    public AppState state() {
        Json app = api.get("apps/{}", name);
        Map<String, Integer> formation = new TreeMap<>();
        api.list("apps/{}/formation", name)
                .forEach(
                        type -> formation.put(type.required("type"), Math.toIntExact(type.requiredNumber("quantity"))));
        Map<String, Integer> running = new TreeMap<>();
        dynos().stream()
                .filter(dyno -> RUNNING.contains(dyno.required("state")))
                .forEach(dyno -> running.merge(dyno.text("type"), 1, Integer::sum));
        return new AppState(
                app.required("name"),
                app.requiredFlag("maintenance"),
                formation,
                running,
                deployed(),
                app.at("web_url").find().orElse(null));
    }

    /** Dynos of the formation; one-off dynos are left out. */
    private List<Json> dynos() {
        return api.list("apps/{}/dynos", name)
                .filter(dyno -> !PASSING.contains(dyno.required("type")))
                .toList();
    }

    private @Nullable CommitId deployed() {
        Json releases = api.platform(
                        RestRequest.get("apps/{}/releases", name).header("Range", "version ..; max=20, order=desc"))
                .json();
        return releases.list()
                .filter(release -> release.required("status").equals("succeeded"))
                .flatMap(release -> release.at("slug", "id").find().stream())
                .findFirst()
                .map(slug -> api.get("apps/{}/slugs/{}", name, slug).text("commit"))
                .filter(commit -> commit.matches("[0-9a-f]{40}"))
                .map(CommitId::new)
                .orElse(null);
    }

    /** Settings with an empty value are left out: they are not secrets, and to the app they mean nothing set. */
    @Override
    public Map<String, Secret> config() {
        return vars().entrySet().stream()
                .filter(setting -> !setting.getValue().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, setting -> Secret.of(setting.getValue()), (one, two) -> two, TreeMap::new));
    }

    private Map<String, String> vars() {
        Map<String, String> vars = new TreeMap<>();
        api.get("apps/{}/config-vars", name).members().forEach((setting, value) -> vars.put(setting, value.text()));
        return vars;
    }

    /** One call, as each makes a release and restarts the app; none if nothing differs. */
    @Override
    public void configure(Map<String, Secret> changes) {
        latch.check(name);
        Map<String, String> now = vars();
        Map<String, String> differing = new LinkedHashMap<>();
        changes.forEach((setting, value) -> {
            if (!value.reveal().equals(now.get(setting))) {
                differing.put(setting, value.reveal());
            }
        });
        if (!differing.isEmpty()) {
            api.platform(RestRequest.patch("apps/{}/config-vars", name).json(differing));
        }
    }

    @Override
    public void unset(Set<String> settings) {
        latch.check(name);
        Map<String, @Nullable String> gone = new TreeMap<>();
        vars().keySet().stream().filter(settings::contains).forEach(setting -> gone.put(setting, null));
        if (!gone.isEmpty()) {
            api.platform(RestRequest.patch("apps/{}/config-vars", name).json(gone));
        }
    }

    @Override
    public void maintenance(Switch mode) {
        latch.check(name);
        api.platform(RestRequest.patch("apps/{}", name).json(Map.of("maintenance", mode == Switch.ON)));
    }

    @Override
    public void scale(Map<String, Integer> formation) {
        latch.check(name);
        List<Map<String, Object>> updates = formation.entrySet().stream()
                .map(type -> Map.<String, Object>of("type", type.getKey(), "quantity", type.getValue()))
                .toList();
        if (updates.isEmpty()) {
            return;
        }
        api.platform(RestRequest.patch("apps/{}/formation", name).json(Map.of("updates", updates)));
        if (!polling.isTrueWithin(SCALE_LIMIT, () -> isScaled(formation))) {
            throw new ProviderException(
                    Kind.UNAVAILABLE,
                    "the app %s was told to run %s, and does not after %d minutes: look at \"heroku ps\" and its log"
                            .formatted(name, new TreeMap<>(formation), SCALE_LIMIT.toMinutes()),
                    Effect.SOME,
                    null);
        }
    }

    /** A dyno that is on its way down still works, so all that are listed count, and all have to be up. */
    private boolean isScaled(Map<String, Integer> formation) {
        Map<String, List<Json>> byType = dynos().stream().collect(Collectors.groupingBy(dyno -> dyno.text("type")));
        return formation.entrySet().stream().allMatch(type -> {
            List<Json> listed = byType.getOrDefault(type.getKey(), List.of());
            return listed.size() == type.getValue()
                    && listed.stream().allMatch(dyno -> RUNNING.contains(dyno.required("state")));
        });
    }

    @Override
    public void restart() {
        latch.check(name);
        api.platform(RestRequest.delete("apps/{}/dynos", name));
    }

    /** An app that was never pushed to has no repository, which is what is wanted. */
    @Override
    public void resetRepository() {
        latch.check(name);
        api.git(RestRequest.delete("{}.git", name).accepting(404));
    }

    @Override
    public CommandResult run(String command, Duration limit) {
        latch.check(name);
        String stack = api.get("apps/{}", name).at("stack").required("name");
        return new OneOff(api, polling, name, stack.equals("cnb") ? "launcher " : "", limit).run(command);
    }

    @Override
    public void close() {
        api.close();
    }

    @Override
    public String toString() {
        return "heroku:" + name;
    }
}
