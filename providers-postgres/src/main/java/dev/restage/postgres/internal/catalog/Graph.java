package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.content.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The objects of a database with what each needs, and the order that follows from it. */
final class Graph {

    /** pg_dump's order where nothing else orders: see {@link Kind}; names compare as bytes, no schema comes last. */
    private static final Comparator<Draft> NATURAL = Comparator.comparingInt(
                    (Draft draft) -> draft.kind().rank())
            .thenComparing(Draft::schema, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Draft::name)
            .thenComparing(Draft::tie)
            .thenComparingLong(draft -> draft.id().oid());

    private final Dependencies dependencies;
    private final Map<ObjectId, Node> byId = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Node> rules = new ArrayList<>();
    private final Map<Node, Node> ruleOfView = new HashMap<>();
    private final Set<Node> shells = new HashSet<>();
    private final Node endOfPreData = Node.endOf(Section.PRE_DATA);
    private final Node endOfData = Node.endOf(Section.DATA);

    /** @param drafts those that do not follow a host */
    Graph(List<Draft> drafts, Dependencies dependencies) {
        this.dependencies = dependencies;
        for (Draft draft : drafts) {
            Node node = new Node(draft);
            nodes.add(node);
            if (draft.id().classOid() != 0) {
                byId.put(draft.id(), node);
            }
        }
        endOfData.need(endOfPreData);
        dependencies.edges().forEach(this::connect);
        nodes.forEach(this::placeOnHost);
        nodes.forEach(this::placeInSection);
    }

    /** The node for an object, or for what makes that object. */
    @Nullable Node find(ObjectId id) {
        return byId.get(dependencies.resolve(id));
    }

    Node endOf(Section section) {
        return section == Section.PRE_DATA ? endOfPreData : endOfData;
    }

    /** All nodes but boundaries, and the rules that loops made necessary. */
    List<Node> nodes() {
        return nodes;
    }

    /** The node that names a type before it is made; null if the type has none. */
    @Nullable Node shellOf(Node type) {
        for (Node node : nodes) {
            if (node.is(Kind.SHELL_TYPE)
                    && node.draft().tag().equals(type.draft().tag())
                    && String.valueOf(node.draft().schema())
                            .equals(String.valueOf(type.draft().schema()))) {
                shells.add(node);
                return node;
            }
        }
        return null;
    }

    /** Leaves a view only its columns, and adds the rule that brings its query after the rows. */
    void makeQueryLater(Node view) {
        Node rule = new Node(view.draft().queryRule());
        view.queryNeeds().forEach(rule::need);
        view.queryNeeds().clear();
        rule.need(view);
        rule.need(endOfData);
        rules.add(rule);
        ruleOfView.put(view, rule);
    }

    boolean hasQueryLater(Node view) {
        return ruleOfView.containsKey(view);
    }

    /** Lets a materialized view be refreshed after those that it reads. */
    void order(Refreshes refreshes) {
        Map<ObjectId, Node> byView = new HashMap<>();
        nodes.stream()
                .filter(node -> node.is(Kind.MATERIALIZED_VIEW_DATA))
                .forEach(node -> byView.put(node.draft().host(), node));
        for (Node node : byView.values()) {
            refreshes.neededBy(node.draft()).stream()
                    .map(byView::get)
                    .filter(Objects::nonNull)
                    .forEach(node::need);
        }
    }

    /** A partitioned table's key can be referred to only when its partitions' keys are attached to it. */
    void attachBeforeReference() {
        List<Node> attachments =
                nodes.stream().filter(node -> node.is(Kind.INDEX_ATTACH)).toList();
        for (Node key : nodes) {
            if (key.is(Kind.FK_CONSTRAINT)) {
                Set<Node> reached = new HashSet<>(key.needs());
                for (Node attach : attachments) {
                    boolean leadsTo =
                            attach.draft().needs().stream().map(this::find).anyMatch(reached::contains);
                    if (leadsTo) {
                        key.need(attach);
                    }
                }
            }
        }
    }

    /**
     * Sorts, and breaks all loops for it.
     *
     * @param loops breaks them
     * @return the nodes that are made by themselves, without boundaries
     */
    List<Node> sorted(Loops loops) {
        while (true) {
            Ordering ordering = new Ordering(naturally());
            if (ordering.complete()) {
                return ordering.placed().stream().filter(this::isMade).toList();
            }
            ordering.loops().forEach(loops::breakUp);
        }
    }

    private boolean isMade(Node node) {
        if (node.isBoundary() || node.isInline()) {
            return false;
        }
        return !node.is(Kind.SHELL_TYPE) || shells.contains(node);
    }

    private List<Node> naturally() {
        List<Node> all = new ArrayList<>(nodes);
        all.addAll(rules);
        all.sort(Comparator.comparing(Node::draft, NATURAL));
        List<Node> withBoundaries = new ArrayList<>();
        for (Section section : List.of(Section.PRE_DATA, Section.DATA, Section.POST_DATA)) {
            all.stream()
                    .filter(node -> node.draft().kind().section() == section)
                    .forEach(withBoundaries::add);
            if (section != Section.POST_DATA) {
                withBoundaries.add(endOf(section));
            }
        }
        return withBoundaries;
    }

    private void connect(Dependencies.Edge edge) {
        Node from = find(edge.from());
        Node to = find(edge.to());
        if (from != null && to != null) {
            if (from.is(Kind.VIEW) && !from.draft().id().equals(edge.from()) && edge.byQuery()) {
                from.needForQuery(to);
            } else {
                from.need(to);
            }
        }
    }

    private void placeOnHost(Node node) {
        for (ObjectId needed : node.draft().needs()) {
            Node other = find(needed);
            if (other != null) {
                node.need(other);
            }
        }
        ObjectId hostId = node.draft().host();
        Node host = hostId == null ? null : find(hostId);
        if (host != null && node.draft().part() != null) {
            node.placeWithin(host);
        } else if (host != null) {
            node.need(host);
        }
    }

    private void placeInSection(Node node) {
        switch (node.section()) {
            case PRE_DATA -> endOfPreData.need(node);
            case DATA -> {
                node.need(endOfPreData);
                endOfData.need(node);
            }
            case POST_DATA -> {
                if (!node.isInline()) {
                    node.need(endOfData);
                }
            }
            case NONE -> throw new IllegalStateException(node + " follows its host and is not sorted");
        }
    }
}
