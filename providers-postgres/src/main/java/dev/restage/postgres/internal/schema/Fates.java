package dev.restage.postgres.internal.schema;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.ObjectRule.Carry;
import dev.restage.postgres.internal.catalog.CatalogTexts;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which entries of some contents are carried, and why the others are not. */
final class Fates {

    private static final String REFRESH = "MATERIALIZED VIEW DATA";
    private static final String VIEW = "MATERIALIZED VIEW";

    /** What goes with its object as a matter of course. */
    private static final Set<String> ATTACHED = Set.of(
            "COMMENT",
            "ACL",
            "SECURITY LABEL",
            "TABLE DATA",
            REFRESH,
            "DEFAULT",
            "SEQUENCE SET",
            "SEQUENCE OWNED BY",
            "STATISTICS DATA");

    /** What the server computes while rows come. Tables are looked into apart, as their defaults are not. */
    private static final Set<String> RUNNING = Set.of("INDEX", "CONSTRAINT", "CHECK CONSTRAINT", "STATISTICS");

    /** What fetches only when somebody uses it. */
    private static final Set<String> RESTING = Set.of(
            "FOREIGN TABLE",
            "FUNCTION",
            "PROCEDURE",
            "AGGREGATE",
            "VIEW",
            "TRIGGER",
            "EVENT TRIGGER",
            "RULE",
            "POLICY",
            "DEFAULT",
            "TABLE");

    private final Contents contents;
    private final MaskingPolicy policy;
    private final Map<Integer, Entry> carried = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final Fetching fetching;

    /** @param wanted whether an entry's kind is carried at all */
    Fates(Contents contents, MaskingPolicy policy, Predicate<Entry> wanted) {
        this.contents = contents;
        this.policy = policy;
        contents.entries().stream().filter(wanted).forEach(entry -> carried.put(entry.id(), entry));
        leaveByRule();
        this.fetching = new Fetching(carried.values().stream()
                .filter(entry -> !is(entry, Carry.KEEP))
                .toList());
        leaveFetched();
    }

    boolean isCarried(Entry entry) {
        return carried.containsKey(entry.id());
    }

    /** What stays behind or is left empty, and what is carried though it reads from elsewhere. */
    List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        List<String> resting = carried.values().stream()
                .filter(entry -> RESTING.contains(entry.kind()))
                .filter(entry ->
                        fetching.of(entry).filter(Fetching.Way::certain).isPresent())
                .flatMap(this::restingParts)
                .toList();
        if (!resting.isEmpty()) {
            all.add(
                    "carried, and reads from elsewhere whenever it is used: %s; leaveObjects(...) leaves any of it behind"
                            .formatted(String.join(", ", resting)));
        }
        return all;
    }

    /** Of a table the defaults and checks that fetch, as they can be left behind alone; of others the name. */
    private Stream<String> restingParts(Entry entry) {
        List<String> fetch = new ArrayList<>();
        CatalogTexts.of(entry, (place, text) -> {
            if (entry.kind().equals("TABLE") && fetching.runBy(text).isPresent()) {
                fetch.add(place);
            }
        });
        return fetch.isEmpty()
                ? Stream.of(entry.name())
                : fetch.stream()
                        .filter(place -> policy.carryOf(place)
                                .filter(carry -> carry == Carry.LEAVE)
                                .isEmpty());
    }

    /** What would read from elsewhere while rows come, a sentence each. */
    List<String> runningMeanwhile() {
        List<String> running = new ArrayList<>();
        for (Entry entry : carried.values()) {
            if (RUNNING.contains(entry.kind())) {
                fetching.of(entry).filter(Fetching.Way::certain).ifPresent(way -> running.add(runs(entry.name(), way)));
            } else if (entry.kind().equals("TABLE") && !is(entry, Carry.KEEP)) {
                // defaults are not computed for rows that come with their values
                CatalogTexts.of(entry, (place, text) -> {
                    if (!place.startsWith("DEFAULT ") && policy.carryOf(place).isEmpty()) {
                        fetching.runBy(text).ifPresent(way -> running.add(runs(place, way)));
                    }
                });
            }
        }
        return running;
    }

    private static String runs(String place, Fetching.Way way) {
        return "%s would read from elsewhere by %s while rows are copied: %s"
                .formatted(place, way.what(), Selection.wayRound(place));
    }

    private boolean is(Entry entry, Carry carry) {
        return policy.carryOf(entry.name()).filter(carry::equals).isPresent();
    }

    private void leaveByRule() {
        if (policy.objects().isEmpty()) {
            return;
        }
        List<Entry> left = carried.values().stream()
                .filter(entry -> is(entry, Carry.LEAVE))
                // nobody who leaves what large objects hold wants them empty
                .flatMap(entry -> entry.kind().equals(Entry.BLOBS)
                        ? Stream.concat(Stream.of(entry), contents.madeFor(entry).stream())
                        : Stream.of(entry))
                .distinct()
                .toList();
        left.forEach(entry -> carried.remove(entry.id()));
        Map<Integer, Entry> roots = left.stream().collect(Collectors.toMap(Entry::id, entry -> entry));
        Map<Entry, List<String>> followers = new LinkedHashMap<>();
        boolean more = !roots.isEmpty();
        while (more) {
            more = false;
            for (Entry entry : List.copyOf(carried.values())) {
                Optional<Entry> root = entry.dependencies().stream()
                        .filter(roots::containsKey)
                        .<Entry>map(roots::get)
                        .findFirst();
                if (root.isPresent()) {
                    carried.remove(entry.id());
                    roots.put(entry.id(), root.get());
                    if (!ATTACHED.contains(entry.kind())) {
                        followers
                                .computeIfAbsent(root.get(), each -> new ArrayList<>())
                                .add(entry.name());
                    }
                    more = true;
                }
            }
        }
        followers.forEach((root, names) -> notes.add("with %s, which the policy leaves behind, stays what needs it: %s"
                .formatted(root.name(), String.join(", ", names))));
    }

    private void leaveFetched() {
        Map<String, Entry> views = contents.entries().stream()
                .filter(entry -> entry.kind().equals(VIEW))
                .collect(Collectors.toMap(Fates::place, entry -> entry, (one, same) -> one));
        Map<Integer, String> left = new HashMap<>();
        for (Entry refresh : List.copyOf(carried.values())) {
            Entry view = refresh.kind().equals(REFRESH) ? views.get(place(refresh)) : null;
            if (view == null || is(refresh, Carry.KEEP)) {
                continue;
            }
            Optional<String> why = fetching.of(view)
                    .map(way -> "by %s it reads from elsewhere%s"
                            .formatted(way.what(), way.certain() ? "" : ", for all that is known"))
                    .or(() -> refresh.dependencies().stream()
                            .filter(left::containsKey)
                            .map(id -> "it reads " + left.get(id))
                            .findFirst());
            why.ifPresent(reason -> {
                carried.remove(refresh.id());
                left.put(refresh.id(), view.name());
                notes.add(
                        "%s is carried without rows, as %s: REFRESH it there, or declare it as safe with keepObjects(\"%s\")"
                                .formatted(view.name(), reason, view.name()));
            });
        }
    }

    private static String place(Entry entry) {
        return entry.schema() + "." + entry.tag();
    }
}
