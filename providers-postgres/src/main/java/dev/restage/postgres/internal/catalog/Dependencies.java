package dev.restage.postgres.internal.catalog;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What pg_depend says.
 *
 * @param edges who needs whom
 * @param aliases objects that come to be with another one: array types with their element's, the index of a constraint
 *     with that, all objects of an extension with it
 * @param members the objects of extensions, with their extension
 */
record Dependencies(List<Edge> edges, Map<ObjectId, ObjectId> aliases, Map<ObjectId, ObjectId> members) {

    /**
     * One object needs another.
     *
     * @param from the one that needs
     * @param to the one that is needed
     * @param type the letter of pg_depend
     * @param byQuery whether the need is that of a view's query
     */
    record Edge(ObjectId from, ObjectId to, char type, boolean byQuery) {}

    private static final Set<Kind> KEPT_ON_MEMBERS =
            Set.of(Kind.ACL, Kind.SECURITY_LABEL, Kind.POLICY, Kind.ROW_SECURITY);

    static Dependencies of(List<Edge> found, Map<ObjectId, ObjectId> aliases) {
        List<Edge> edges = found.stream().filter(edge -> edge.type() != 'e').toList();
        Map<ObjectId, ObjectId> members = found.stream()
                .filter(edge -> edge.type() == 'e')
                .collect(Collectors.toMap(Edge::from, Edge::to, (one, other) -> one));
        Map<ObjectId, ObjectId> all = new HashMap<>(aliases);
        all.putAll(members);
        return new Dependencies(edges, all, members);
    }

    static Dependencies read(CatalogSession session) throws SQLException {
        Map<ObjectId, ObjectId> aliases = new HashMap<>();
        session.all(
                List.of(session.text("aliases.sql")),
                row -> aliases.put(
                        new ObjectId(row.getLong(1), row.getLong(2)), new ObjectId(row.getLong(3), row.getLong(4))));
        List<Edge> edges = session.all(
                List.of(session.text("dependencies.sql")),
                row -> new Edge(
                        new ObjectId(row.getLong(1), row.getLong(2)),
                        new ObjectId(row.getLong(3), row.getLong(4)),
                        row.getString(5).charAt(0),
                        row.getBoolean(6)));
        return of(edges, aliases);
    }

    /** What an object comes to be with: itself, if it is made by itself. */
    ObjectId resolve(ObjectId id) {
        ObjectId found = id;
        for (ObjectId next = aliases.get(found); next != null; next = aliases.get(found)) {
            found = next;
        }
        return found;
    }

    /** The extension that an object is of; null if it is of none. */
    @Nullable ObjectId extensionOf(ObjectId id) {
        return Stream.iterate(id, Objects::nonNull, aliases::get)
                .map(members::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Leaves out the objects of extensions and what lies on them, but for privileges and policies (as pg_dump does). */
    List<Draft> withoutMembers(List<Draft> drafts) {
        Set<ObjectId> left = new HashSet<>();
        List<Draft> kept = drafts;
        int before;
        do {
            before = kept.size();
            kept = kept.stream().filter(draft -> !isLeft(draft, left)).toList();
        } while (kept.size() < before);
        return kept;
    }

    private boolean isLeft(Draft draft, Set<ObjectId> left) {
        if (KEPT_ON_MEMBERS.contains(draft.kind())) {
            return false;
        }
        ObjectId host = draft.host();
        boolean leave =
                extensionOf(draft.id()) != null || (host != null && (extensionOf(host) != null || left.contains(host)));
        if (leave) {
            left.add(draft.id());
        }
        return leave;
    }

    /** Views that select from themselves: no order of statements makes one. */
    Stream<String> selfReading(List<Draft> drafts) {
        Set<ObjectId> selfReading = edges.stream()
                .filter(edge -> edge.byQuery()
                        && edge.type() == 'n'
                        && resolve(edge.from()).equals(edge.to()))
                .map(Edge::to)
                .collect(Collectors.toSet());
        return drafts.stream()
                .filter(draft -> selfReading.contains(draft.id()))
                .map(draft -> draft.label() + " selects from itself");
    }
}
