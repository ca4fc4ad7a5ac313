package dev.restage.step.app;

import dev.restage.plan.Access;
import dev.restage.plan.Decision;
import dev.restage.plan.Facts;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.app.WebPage;
import dev.restage.provider.app.WebSite;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads pages of a site as a visitor does: each must answer with the expected status, and none may name a forbidden
 * host. A site that answers proves little: with production's records it answers too, and links to production.
 *
 * @param web the site: {@code https://staging.acme.example/}
 * @param paths the pages that are read, and the status that each must answer with is 200; those of the site map follow
 * @param samples how many pages of {@code /sitemap.xml} are read besides; 0 for none
 * @param forbiddenHosts hosts that no page may name, such as production's; a place for a fact of the form
 *     <code>{{step.fact}}</code> stands for all hosts that the fact lists
 * @param limit how long to wait for the first answer while the app starts
 */
public record CheckSite(Address web, List<String> paths, int samples, Set<String> forbiddenHosts, Duration limit)
        implements Step {

    private static final Pattern LOCATION = Pattern.compile("<loc>\\s*([^<\\s]+)\\s*</loc>");
    private static final int OK = 200;

    /**
     * Copies the collections.
     *
     * @param web the site
     * @param paths the pages that are read
     * @param samples how many pages of the site map are read besides
     * @param forbiddenHosts hosts that no page may name
     * @param limit how long to wait for the first answer
     */
    public CheckSite {
        paths = List.copyOf(paths);
        forbiddenHosts = Collections.unmodifiableSortedSet(new TreeSet<>(forbiddenHosts));
    }

    @Override
    public Access access() {
        return Access.reading(web);
    }

    @Override
    public Decision decide(StepContext context) {
        context.use(web, WebSite.class);
        return Decision.NOTHING.note("%s will be read afterwards: %s%s, none may name %s"
                .formatted(
                        web,
                        String.join(", ", paths),
                        samples > 0 ? " and " + samples + " pages of its site map" : "",
                        forbiddenHosts.isEmpty() ? "a forbidden host" : named()));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        WebSite site = context.use(web, WebSite.class);
        context.await("an answer of " + web, limit, () -> answers(site));
        Map<String, Pattern> forbidden = forbidden(context);
        Set<String> wanted = new LinkedHashSet<>(paths);
        List<String> problems = new ArrayList<>();
        if (samples > 0) {
            WebPage map = site.get("/sitemap.xml");
            inspect(map, forbidden, problems);
            wanted.addAll(sample(map));
        }
        for (String path : wanted) {
            inspect(site.get(path), forbidden, problems);
        }
        if (!problems.isEmpty()) {
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "%s is not as it should be: %s".formatted(web, String.join("; ", problems)),
                    null);
        }
        if (!forbidden.isEmpty()) {
            context.fact("hosts", String.join(", ", forbidden.keySet()));
        }
        context.fact("pages", Integer.toString(wanted.size() + (samples > 0 ? 1 : 0)));
    }

    /** A host that another step finds is told by that step. */
    private String named() {
        return forbiddenHosts.stream().map(Facts::named).collect(Collectors.joining(", "));
    }

    private boolean answers(WebSite site) {
        try {
            return site.get(paths.isEmpty() ? "/" : paths.get(0)).status() == OK;
        } catch (ProviderException e) {
            if (e.kind() == ProviderException.Kind.UNAVAILABLE) {
                return false;
            }
            throw e;
        }
    }

    private static void inspect(WebPage page, Map<String, Pattern> forbidden, List<String> problems) {
        if (page.status() != OK) {
            problems.add(page.url() + " answers " + page.status());
        }
        forbidden.forEach((host, pattern) -> {
            if (pattern.matcher(page.body()).find()) {
                problems.add(page.url() + " names " + host);
            }
        });
    }

    private Map<String, Pattern> forbidden(StepContext context) {
        Map<String, Pattern> patterns = new TreeMap<>();
        for (String given : forbiddenHosts) {
            String hosts = context.facts().fill(given);
            if (hosts.isBlank()) {
                context.warn("pages of %s were not searched for %s, as that is not known"
                        .formatted(web, Facts.named(given)));
            }
            for (String host : hosts.split("[,\\s]+", -1)) {
                if (!host.isEmpty()) {
                    patterns.put(host, asHost(host));
                }
            }
        }
        return patterns;
    }

    /** The host itself, and neither a longer name of which it is a part nor a mail address. */
    private static Pattern asHost(String host) {
        return Pattern.compile("(?<![\\w.@-])" + Pattern.quote(host) + "(?![\\w-]|\\.\\w)", Pattern.CASE_INSENSITIVE);
    }

    /** Pages from all over the site map, and the same in each attempt. */
    private List<String> sample(WebPage map) {
        List<String> all = new ArrayList<>();
        for (Matcher location = LOCATION.matcher(map.body()); location.find(); ) {
            all.add(URI.create(location.group(1)).getRawPath());
        }
        List<String> chosen = new ArrayList<>();
        int wanted = Math.min(samples, all.size());
        for (int i = 0; i < wanted; i++) {
            chosen.add(all.get((int) ((long) i * all.size() / wanted)));
        }
        return chosen;
    }
}
