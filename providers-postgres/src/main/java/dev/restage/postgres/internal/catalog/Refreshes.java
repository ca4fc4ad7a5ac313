package dev.restage.postgres.internal.catalog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Orders the refreshes of materialized views that read others, and leaves out what reads one that is not populated. */
final class Refreshes {

    private final Set<ObjectId> views = new HashSet<>();
    private final Set<ObjectId> materialized = new HashSet<>();
    private final Set<ObjectId> refreshes = new HashSet<>();
    private final Map<ObjectId, Set<ObjectId>> reads = new HashMap<>();

    Refreshes(List<Draft> drafts, Dependencies dependencies) {
        for (Draft draft : drafts) {
            if (draft.kind() == Kind.VIEW) {
                views.add(draft.id());
            } else if (draft.kind() == Kind.MATERIALIZED_VIEW) {
                views.add(draft.id());
                materialized.add(draft.id());
            } else if (draft.kind() == Kind.MATERIALIZED_VIEW_DATA && draft.host() != null) {
                refreshes.add(draft.host());
            }
        }
        for (Dependencies.Edge edge : dependencies.edges()) {
            ObjectId from = dependencies.resolve(edge.from());
            ObjectId to = dependencies.resolve(edge.to());
            if (!from.equals(to) && views.contains(from) && views.contains(to)) {
                reads.computeIfAbsent(from, id -> new HashSet<>()).add(to);
            }
        }
    }

    /** The refreshes that another one needs, as the ids of their materialized views. */
    Set<ObjectId> neededBy(Draft refresh) {
        return read(refresh).stream().filter(refreshes::contains).collect(Collectors.toSet());
    }

    /** Whether all is populated that a refresh reads. */
    boolean isPossible(Draft refresh) {
        return read(refresh).stream().allMatch(id -> refreshes.contains(id) || !materialized.contains(id));
    }

    private Set<ObjectId> read(Draft refresh) {
        Set<ObjectId> found = new HashSet<>();
        if (refresh.host() != null) {
            collect(refresh.host(), found);
        }
        return found;
    }

    private void collect(ObjectId view, Set<ObjectId> found) {
        for (ObjectId other : reads.getOrDefault(view, Set.of())) {
            if (found.add(other)) {
                collect(other, found);
            }
        }
    }
}
