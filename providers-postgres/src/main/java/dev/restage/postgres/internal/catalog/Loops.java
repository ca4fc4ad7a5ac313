package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.content.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Breaks loops of objects that need each other, by the rules of pg_dump. */
final class Loops {

    private final Graph graph;
    private final List<String> unbroken = new ArrayList<>();

    Loops(Graph graph) {
        this.graph = graph;
    }

    /** The loops that no rule breaks, each as the names of its objects. */
    List<String> unbroken() {
        return unbroken;
    }

    void breakUp(List<Node> loop) {
        if (separatesPart(loop, Kind.DEFAULT)
                || separatesPart(loop, Kind.CHECK_CONSTRAINT)
                || putsShellFirst(loop)
                || cutsViewsQuery(loop)
                || postpones(loop)) {
            return;
        }
        unbroken.add(loop.stream()
                .filter(node -> !node.isBoundary())
                .map(Node::toString)
                .collect(Collectors.joining(", ", "these need each other: ", "")));
        loop.get(0).needNoMore(after(loop, 0));
    }

    /** A default or a check is added when both its table (or domain) and what it uses are there. */
    private boolean separatesPart(List<Node> loop, Kind kind) {
        for (Node node : loop) {
            if (node.is(kind) && node.isInline()) {
                node.separate();
                if (kind == Kind.CHECK_CONSTRAINT) {
                    node.need(graph.endOf(Section.DATA));
                }
                return true;
            }
        }
        return false;
    }

    /** The input and output functions of a type are made for a type that has nothing but a name yet. */
    private boolean putsShellFirst(List<Node> loop) {
        for (int i = 0; i < loop.size(); i++) {
            Node function = loop.get(i);
            Node type = after(loop, i);
            if (function.is(Kind.FUNCTION) && type.is(Kind.TYPE)) {
                Node shell = graph.shellOf(type);
                if (shell != null) {
                    function.needNoMore(type);
                    function.need(shell);
                    type.need(shell);
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * A view is made with its columns alone, and gets its query when all is there that it reads. The oldest view is
     * taken: so does pg_dump, and a copy in which that one is the oldest again reads the same.
     */
    private boolean cutsViewsQuery(List<Node> loop) {
        Optional<Node> oldest = IntStream.range(0, loop.size())
                .filter(i -> loop.get(i).needsForQueryOnly(after(loop, i)))
                .mapToObj(loop::get)
                .filter(view -> view.draft().dummy() != null)
                .min(Comparator.comparing(view -> view.draft().id().oid()));
        oldest.ifPresent(graph::makeQueryLater);
        return oldest.isPresent();
    }

    /** A query that groups by a primary key needs the key, which is made after the rows. */
    private boolean postpones(List<Node> loop) {
        Node end = graph.endOf(Section.PRE_DATA);
        for (int i = 0; i < loop.size(); i++) {
            Node node = after(loop, i);
            if (loop.get(i) == end && node.is(Kind.MATERIALIZED_VIEW, Kind.FUNCTION, Kind.PROCEDURE)) {
                end.needNoMore(node);
                node.need(graph.endOf(Section.DATA));
                node.moveTo(Section.POST_DATA);
                return true;
            }
        }
        return false;
    }

    private static Node after(List<Node> loop, int i) {
        return loop.get((i + 1) % loop.size());
    }
}
