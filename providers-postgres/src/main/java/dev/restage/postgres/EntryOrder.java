package dev.restage.postgres;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings objects into an order in which each comes after those that it depends on, near the order given. */
final class EntryOrder {

    private final Map<ObjectId, List<ObjectId>> needs = new HashMap<>();

    EntryOrder(List<Edge> edges) {
        edges.forEach(edge ->
                needs.computeIfAbsent(edge.object(), any -> new ArrayList<>()).add(edge.needed()));
    }

    /** One object needs another. */
    record Edge(ObjectId object, ObjectId needed) {}

    /** An entry and the object that it makes; oid 0 if it makes none that others can need. */
    record Placed(ObjectId id, SchemaEntry entry) {}

    /**
     * The first list in order, with those of the second that the first needs, such as the primary key that a view
     * groups by.
     */
    List<Placed> sorted(List<Placed> entries, List<Placed> ifNeeded) {
        Map<ObjectId, Placed> known = new HashMap<>();
        ifNeeded.forEach(placed -> known.put(placed.id(), placed));
        entries.forEach(placed -> known.put(placed.id(), placed));
        Set<ObjectId> seen = new HashSet<>();
        List<Placed> done = new ArrayList<>();
        for (Placed placed : entries) {
            if (placed.id().oid() == 0) {
                done.add(placed);
            } else {
                visit(placed.id(), known, seen, done);
            }
        }
        return done;
    }

    private void visit(ObjectId id, Map<ObjectId, Placed> known, Set<ObjectId> seen, List<Placed> done) {
        if (!seen.add(id)) {
            return;
        }
        needs.getOrDefault(id, List.of()).forEach(needed -> visit(needed, known, seen, done));
        Placed placed = known.get(id);
        if (placed != null) {
            done.add(placed);
        }
    }
}
