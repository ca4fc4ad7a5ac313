package dev.restage.recipe.sites;

import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which host and port of the target stands for which of production.
 *
 * @param sites Wagtail's site records: production's {@code host:port} to the target's
 * @param hosts other hosts, such as those of media files: production's host to the target's
 */
record SiteMapping(Map<String, String> sites, Map<String, String> hosts) {

    private static final String ARROW = " -> ";

    /** Where Django's own server listens. Source: Django 5.2, {@code runserver}. */
    private static final int LOCAL_PORT = 8000;

    /**
     * The site records of a database.
     *
     * @param wagtail those of Wagtail, the default site first
     * @param django those of Django's sites framework
     */
    record Records(List<SiteRow> wagtail, List<SiteRow> django) {

        static final Records NONE = new Records(List.of(), List.of());

        /** As a text that {@link #read} takes. */
        String write() {
            return SiteRow.write(
                    Stream.concat(wagtail.stream(), django.stream()).toList());
        }

        static Records read(String text) {
            Map<Boolean, List<SiteRow>> rows =
                    SiteRow.read(text).stream().collect(Collectors.partitioningBy(row -> row.port() > 0));
            return new Records(rows.getOrDefault(true, List.of()), rows.getOrDefault(false, List.of()));
        }

        /** Whether all of their hosts are among some. */
        boolean areAll(Set<String> some) {
            return some.containsAll(hosts());
        }

        private Set<String> hosts() {
            return Stream.concat(wagtail.stream(), django.stream())
                    .map(row -> row.host().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
        }

        /** Without those that name others' hosts: they came with a copy whose hosts were never put right. */
        private Records without(Set<String> others) {
            return new Records(
                    wagtail.stream()
                            .filter(row -> !others.contains(row.host().toLowerCase(Locale.ROOT)))
                            .toList(),
                    django.stream()
                            .filter(row -> !others.contains(row.host().toLowerCase(Locale.ROOT)))
                            .toList());
        }
    }

    /**
     * Pairs production's sites with the target's own: by what the user says, then default with default, then by name,
     * then by root page, then the only ones that are left. For the default site of a target without records of its own, the
     * target's web address speaks. On a developer's machine the rest goes by names of its own.
     *
     * @param web the target's host and port, {@code staging.example:443}; null if it has no web address
     * @throws PlanException if a site has no counterpart, or two have the same one
     */
    static SiteMapping of(
            Records production,
            Records target,
            Map<String, String> given,
            @Nullable String web,
            MapSites.Unpaired unpaired) {
        Records own = target.without(production.hosts());
        Map<String, String> sites = new LinkedHashMap<>();
        Map<String, String> hosts = new LinkedHashMap<>(given);
        List<SiteRow> open = new ArrayList<>(production.wagtail());
        List<SiteRow> free = new ArrayList<>(own.wagtail());
        for (SiteRow site : production.wagtail()) {
            String wanted = given.get(site.host());
            if (wanted != null) {
                Optional<SiteRow> row =
                        free.stream().filter(each -> each.host().equals(wanted)).findFirst();
                sites.put(
                        key(site),
                        wanted.indexOf(':') >= 0
                                ? wanted
                                : wanted + ":" + row.map(SiteRow::port).orElse(site.port()));
                row.ifPresent(free::remove);
                open.remove(site);
                hosts.remove(site.host());
            }
        }
        pair(open, free).forEach((site, row) -> sites.put(key(site), key(row)));
        boolean speaks = web != null && !production.hosts().contains(host(web).toLowerCase(Locale.ROOT));
        if (web != null && speaks && !open.isEmpty() && open.get(0).standard()) {
            sites.put(key(open.remove(0)), web);
        }

        Set<String> known = Stream.concat(production.wagtail().stream().map(SiteRow::host), given.keySet().stream())
                .collect(Collectors.toSet());
        List<SiteRow> domains = production.django().stream()
                .filter(row -> !known.contains(row.host()))
                .collect(Collectors.toCollection(ArrayList::new));
        pair(domains, new ArrayList<>(own.django())).forEach((domain, row) -> hosts.put(domain.host(), row.host()));
        if (web != null && speaks && !domains.isEmpty() && domains.get(0).standard()) {
            hosts.put(domains.remove(0).host(), authority(web));
        }
        if (unpaired == MapSites.Unpaired.LOCALHOST) {
            for (SiteRow site : open) {
                int port = LOCAL_PORT;
                while (sites.containsValue(local(site) + ":" + port)) {
                    port++;
                }
                sites.put(key(site), local(site) + ":" + port);
            }
            domains.forEach(domain -> hosts.put(domain.host(), local(domain) + ":" + LOCAL_PORT));
            open.clear();
            domains.clear();
        }
        open.addAll(domains);

        refuseOpen(open, target, own);
        SiteMapping mapping = new SiteMapping(sites, hosts);
        mapping.refuseTwoAsOne(production.django());
        return mapping;
    }

    /** What it pairs is taken out of both lists. */
    private static Map<SiteRow, SiteRow> pair(List<SiteRow> open, List<SiteRow> free) {
        Map<SiteRow, SiteRow> pairs = new LinkedHashMap<>();
        List<BiPredicate<SiteRow, SiteRow>> rules = List.of(
                (one, other) -> one.standard() && other.standard(),
                (one, other) -> !one.name().isEmpty() && one.name().equals(other.name()),
                (one, other) -> one.root().equals(other.root()),
                (one, other) -> open.size() == 1 && free.size() == 1);
        for (BiPredicate<SiteRow, SiteRow> rule : rules) {
            for (SiteRow site : List.copyOf(open)) {
                free.stream().filter(row -> rule.test(site, row)).findFirst().ifPresent(row -> {
                    pairs.put(site, row);
                    open.remove(site);
                    free.remove(row);
                });
            }
        }
        return pairs;
    }

    private static void refuseOpen(List<SiteRow> open, Records target, Records own) {
        if (open.isEmpty()) {
            return;
        }
        String why = own.hosts().isEmpty() && target.hosts().isEmpty()
                ? "has no site records yet"
                : own.hosts().size() < target.hosts().size()
                        ? "has production's hosts in its own site records, as after a run that copied them and did not end (resume or undo that run)"
                        : "has no record that fits";
        throw new PlanException(
                "nothing says which host of the target stands for production's %s, and production's would stay in use: the target %s. Say it with %s of the framework"
                        .formatted(
                                open.stream().map(SiteRow::authority).collect(Collectors.joining(", ")),
                                why,
                                open.stream()
                                        .map(site -> ".host(\"%s\", \"…\")".formatted(site.host()))
                                        .distinct()
                                        .collect(Collectors.joining())));
    }

    /** The tables of sites take each host once. */
    private void refuseTwoAsOne(List<SiteRow> domains) {
        Set<String> taken = new HashSet<>();
        sites.values().stream()
                .filter(site -> !taken.add(site.toLowerCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(SiteMapping::refuseTwo);
        Set<String> names = new HashSet<>();
        domains.stream()
                .flatMap(row -> domain(row.host()).stream())
                .filter(domain -> !names.add(domain))
                .findFirst()
                .ifPresent(SiteMapping::refuseTwo);
    }

    private static void refuseTwo(String host) {
        throw new PlanException(
                "two of production's sites would become %s, and a host can have one site only: say another host or port for one of them with .host(\"…\", \"…\") of the framework"
                        .formatted(host));
    }

    /** {@return what stands for a domain of Django's sites framework; empty if it stays} */
    Optional<String> domain(String production) {
        String other = hosts.get(production);
        return other != null
                ? Optional.of(other)
                : sites.entrySet().stream()
                        .filter(site -> host(site.getKey()).equals(production))
                        .map(site -> host(site.getValue()))
                        .findFirst();
    }

    /** {@return the hosts of production that the target must not show any more} */
    List<String> forbidden() {
        return Stream.concat(
                        sites.entrySet().stream()
                                .filter(site -> !host(site.getKey()).equals(host(site.getValue())))
                                .map(site -> host(site.getKey())),
                        hosts.entrySet().stream()
                                .filter(each -> !each.getKey().equals(each.getValue()))
                                .map(Map.Entry::getKey))
                .distinct()
                .toList();
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

    /** {@return the host of a site} */
    static String host(String site) {
        return site.substring(0, site.lastIndexOf(':'));
    }

    /** {@return the port of a site} */
    static int port(String site) {
        return Integer.parseInt(site.substring(site.lastIndexOf(':') + 1));
    }

    /** {@return host and port of a site as a URL shows them} */
    static String authority(String site) {
        return SiteRow.authority(host(site), port(site));
    }

    private static String local(SiteRow site) {
        return site.host().toLowerCase(Locale.ROOT) + ".localhost";
    }

    private static String key(SiteRow site) {
        return site.host().toLowerCase(Locale.ROOT) + ":" + site.port();
    }
}
