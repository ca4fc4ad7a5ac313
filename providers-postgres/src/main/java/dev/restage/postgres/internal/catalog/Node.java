package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.content.Section;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A draft, or the boundary of two sections, among those that it needs. */
final class Node {

    private final @Nullable Draft draft;
    private final Set<Node> needs = new LinkedHashSet<>();
    private final Set<Node> queryNeeds = new LinkedHashSet<>();
    private Section section;
    private @Nullable Node host;
    private boolean inline;

    Node(Draft draft) {
        this.draft = draft;
        this.section = draft.kind().section();
    }

    private Node(Section section) {
        this.draft = null;
        this.section = section;
    }

    /** What stands between this section and the next. */
    static Node endOf(Section section) {
        return new Node(section);
    }

    boolean isBoundary() {
        return draft == null;
    }

    Draft draft() {
        return Objects.requireNonNull(draft, "a boundary has no draft");
    }

    boolean is(Kind... kinds) {
        return draft != null && Set.of(kinds).contains(draft.kind());
    }

    Section section() {
        return section;
    }

    void moveTo(Section other) {
        section = other;
    }

    /** What must be there before it, with what its query reads. */
    Set<Node> needs() {
        if (queryNeeds.isEmpty()) {
            return needs;
        }
        Set<Node> all = new LinkedHashSet<>(needs);
        all.addAll(queryNeeds);
        return all;
    }

    void need(Node other) {
        if (other != this) {
            needs.add(other);
        }
    }

    void needForQuery(Node other) {
        if (other != this) {
            queryNeeds.add(other);
        }
    }

    void needNoMore(Node other) {
        needs.remove(other);
        queryNeeds.remove(other);
    }

    /** What only the query of a view needs, not the view's columns. */
    Set<Node> queryNeeds() {
        return queryNeeds;
    }

    boolean needsForQueryOnly(Node other) {
        return queryNeeds.contains(other) && !needs.contains(other);
    }

    /** Makes it a part of its host's definition. */
    void placeWithin(Node table) {
        host = table;
        inline = true;
        needs.remove(table);
        table.need(this);
    }

    /** Makes it by a statement of its own, behind its host. */
    void separate() {
        Node table = Objects.requireNonNull(host, "only a part can be separated");
        inline = false;
        table.needNoMore(this);
        need(table);
    }

    /** Whether it is made by the definition of its host. */
    boolean isInline() {
        return inline;
    }

    @Override
    public String toString() {
        return draft == null ? "end of " + section : draft.label();
    }
}
