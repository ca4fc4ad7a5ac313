package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes entries of sorted nodes: fills in the parts of definitions, and lets follow what follows. */
final class Assembly {

    private static final Pattern SLOT = Pattern.compile("\u0001(\\d+/\\d+)\u0002");

    private final Graph graph;
    private final Map<Node, List<Draft>> followers = new HashMap<>();
    private final List<Draft> strays = new ArrayList<>();
    private final Map<Node, Integer> ids = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    Assembly(Graph graph, List<Draft> following) {
        this.graph = graph;
        following.stream().sorted(Comparator.comparing(Draft::kind)).forEach(draft -> {
            Node host = hostOf(draft);
            if (host == null) {
                strays.add(draft);
            } else {
                followers.computeIfAbsent(host, node -> new ArrayList<>()).add(draft);
            }
        });
    }

    List<Entry> entries(List<Node> sorted) {
        boolean straysMade = false;
        for (Node node : sorted) {
            if (!straysMade && node.section() != Section.PRE_DATA) {
                strays.forEach(draft -> add(draft, draft.kind().section(), draft.definition(), List.of()));
                straysMade = true;
            }
            make(node);
        }
        if (!straysMade) {
            strays.forEach(draft -> add(draft, draft.kind().section(), draft.definition(), List.of()));
        }
        return entries;
    }

    private void make(Node node) {
        Set<Integer> needs = new LinkedHashSet<>();
        collect(node, needs, new HashSet<>());
        String definition = graph.hasQueryLater(node)
                ? node.draft().dummy()
                : filled(node.draft().definition());
        int id = add(node.draft(), node.section(), definition, List.copyOf(needs));
        ids.put(node, id);
        for (Draft follower : followers.getOrDefault(node, List.of())) {
            Set<Integer> hosts = new LinkedHashSet<>(Set.of(id));
            for (ObjectId needed : follower.needs()) {
                Node other = graph.find(needed);
                if (other != null && ids.containsKey(other)) {
                    hosts.add(ids.get(other));
                }
            }
            add(follower, follower.kind().section(), follower.definition(), List.copyOf(hosts));
        }
    }

    /** Ids of what a node needs; for what has no entry of its own, of what that needs. */
    private void collect(Node node, Set<Integer> into, Set<Node> seen) {
        for (Node needed : node.needs()) {
            Integer id = ids.get(needed);
            if (id != null) {
                into.add(id);
            } else if (!needed.isBoundary() && seen.add(needed)) {
                collect(needed, into, seen);
            }
        }
    }

    private @Nullable Node hostOf(Draft draft) {
        Node host = draft.host() == null ? null : graph.find(draft.host());
        while (host != null && host.isInline()) {
            host = host.draft().host() == null ? null : graph.find(host.draft().host());
        }
        return host;
    }

    private @Nullable String filled(@Nullable String definition) {
        if (definition == null || definition.indexOf('\u0001') < 0) {
            return definition;
        }
        Matcher slots = SLOT.matcher(definition);
        StringBuilder filled = new StringBuilder();
        while (slots.find()) {
            slots.appendReplacement(filled, "");
            String part = part(slots.toMatchResult());
            boolean first = filled.charAt(filled.length() - 1) == '(';
            filled.append(first && part.startsWith(",") ? part.substring(1) : part);
        }
        slots.appendTail(filled);
        return filled.toString();
    }

    private String part(MatchResult slot) {
        Node node = graph.find(ObjectId.of(slot.group(1)));
        String part = node == null || !node.isInline() ? null : node.draft().part();
        return part == null ? "" : part;
    }

    private int add(Draft draft, Section section, @Nullable String definition, List<Integer> needs) {
        int id = entries.size() + 1;
        entries.add(new Entry(
                id,
                draft.id().classOid(),
                draft.id().oid(),
                draft.kind().label(),
                draft.schema(),
                draft.tag(),
                section,
                definition,
                draft.drop(),
                draft.copy(),
                draft.tablespace(),
                draft.accessMethod(),
                draft.relkind(),
                draft.owner(),
                needs));
        return id;
    }
}
