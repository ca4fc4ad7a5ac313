package dev.restage.recipe.wagtail;

import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Which host and port of the target stands for which of production.
 *
 * @param sites site records: production's {@code host:port} to the target's
 * @param hosts other hosts, such as those of media files: production's host to the target's
 */
record SiteMapping(Map<String, String> sites, Map<String, String> hosts) {

    private static final String ARROW = " -> ";

    /**
     * Pairs production's sites with the target's own: by what the user says, then default with default, then by name,
     * then by root page, then the only ones that are left. A target without records was never filled and keeps
     * production's hosts where nothing else is said.
     */
    static SiteMapping of(List<SiteRow> production, List<SiteRow> target, Map<String, String> given) {
        Map<String, String> sites = new LinkedHashMap<>();
        Map<String, String> hosts = new LinkedHashMap<>(given);
        List<SiteRow> open = new ArrayList<>(production);
        List<SiteRow> free = new ArrayList<>(target);
        for (SiteRow site : production) {
            String wanted = given.get(site.host());
            if (wanted != null) {
                Optional<SiteRow> own =
                        free.stream().filter(row -> row.host().equals(wanted)).findFirst();
                sites.put(
                        key(site),
                        wanted.indexOf(':') >= 0
                                ? wanted
                                : wanted + ":" + own.map(SiteRow::port).orElse(site.port()));
                own.ifPresent(free::remove);
                open.remove(site);
                hosts.remove(site.host());
            }
        }
        List<BiPredicate<SiteRow, SiteRow>> rules = List.of(
                (one, other) -> one.standard() && other.standard(),
                (one, other) -> !one.name().isEmpty() && one.name().equals(other.name()),
                (one, other) -> one.root().equals(other.root()),
                (one, other) -> open.size() == 1 && free.size() == 1);
        for (BiPredicate<SiteRow, SiteRow> rule : rules) {
            for (SiteRow site : List.copyOf(open)) {
                free.stream().filter(row -> rule.test(site, row)).findFirst().ifPresent(row -> {
                    sites.put(key(site), key(row));
                    open.remove(site);
                    free.remove(row);
                });
            }
        }
        if (!open.isEmpty() && !target.isEmpty()) {
            SiteRow first = open.get(0);
            throw new PlanException(
                    ("production's site %s has no counterpart on the target: say which host stands for it"
                                    + " with Wagtail.host(\"%s\", \"…\")")
                            .formatted(first.authority(), first.host()));
        }
        return new SiteMapping(sites, hosts);
    }

    /** {@return the hosts of production that the target must not show any more} */
    List<String> forbidden() {
        List<String> all = new ArrayList<>();
        sites.keySet().forEach(site -> all.add(site.substring(0, site.lastIndexOf(':'))));
        all.addAll(hosts.keySet());
        return all;
    }

    String write() {
        StringBuilder text = new StringBuilder();
        sites.forEach((from, to) ->
                text.append("site ").append(from).append(ARROW).append(to).append('\n'));
        hosts.forEach((from, to) ->
                text.append("host ").append(from).append(ARROW).append(to).append('\n'));
        return text.toString().strip();
    }

    static SiteMapping read(String text) {
        Map<String, String> sites = new LinkedHashMap<>();
        Map<String, String> hosts = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int arrow = line.indexOf(ARROW);
            String kind = line.substring(0, line.indexOf(' '));
            String from = line.substring(kind.length() + 1, arrow);
            (kind.equals("site") ? sites : hosts).put(from, line.substring(arrow + ARROW.length()));
        });
        return new SiteMapping(sites, hosts);
    }

    private static String key(SiteRow site) {
        return site.host().toLowerCase(Locale.ROOT) + ":" + site.port();
    }
}
