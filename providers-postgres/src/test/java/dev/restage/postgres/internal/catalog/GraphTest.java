package dev.restage.postgres.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.internal.catalog.Dependencies.Edge;
import dev.restage.postgres.internal.content.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GraphTest {

    private final List<Draft> drafts = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    @Test
    void withoutDependenciesKindThenSchemaThenNameOrders() {
        add(1, Kind.TABLE, "a");
        add(2, Kind.FUNCTION, "z");
        add(3, Kind.INDEX, "a");
        add(4, Kind.TYPE, "b");
        add(5, Kind.TYPE, "a");
        add(6, Kind.TABLE_DATA, "a");

        assertThat(order()).containsExactly("TYPE a", "TYPE b", "FUNCTION z", "TABLE a", "TABLE DATA a", "INDEX a");
    }

    @Test
    void whatIsNeededComesFirstAndTheRestStaysInItsPlace() {
        add(1, Kind.FUNCTION, "f");
        add(2, Kind.TABLE, "a");
        add(3, Kind.TABLE, "b");
        need(1, 3);

        assertThat(order()).containsExactly("TABLE b", "FUNCTION f", "TABLE a");
    }

    @Test
    void objectsMadeWithAnotherCountAsThatOne() {
        ObjectId arrayType = new ObjectId(1247, 99);
        add(1, Kind.TYPE, "element");
        add(2, Kind.COLLATION, "user");
        edges.add(new Edge(drafts.get(1).id(), arrayType, 'n', false));

        Graph graph = new Graph(
                drafts, new Dependencies(edges, Map.of(arrayType, drafts.get(0).id()), Map.of()));

        assertThat(names(graph, new Loops(graph))).containsExactly("TYPE element", "COLLATION user");
    }

    @Test
    void aDefaultStaysInItsTableAsLongAsItCan() {
        add(1, Kind.TABLE, "t");
        addPart(2, Kind.DEFAULT, "t c", 1);
        add(3, Kind.SEQUENCE, "s");
        need(2, 3);

        assertThat(order()).containsExactly("SEQUENCE s", "TABLE t");
    }

    @Test
    void aDefaultThatUsesTheSequenceOfItsTableIsSeparated() {
        add(1, Kind.TABLE, "t");
        addPart(2, Kind.DEFAULT, "t c", 1);
        add(3, Kind.SEQUENCE, "s");
        need(2, 3);
        need(3, 1);

        assertThat(order()).containsExactly("TABLE t", "SEQUENCE s", "DEFAULT t c");
    }

    @Test
    void aCheckThatUsesAFunctionOfItsTableIsMadeAfterTheRows() {
        add(1, Kind.TABLE, "t");
        addPart(2, Kind.CHECK_CONSTRAINT, "t c", 1);
        add(3, Kind.FUNCTION, "f");
        add(4, Kind.TABLE_DATA, "t");
        need(2, 3);
        need(3, 1);

        assertThat(order()).containsExactly("TABLE t", "FUNCTION f", "TABLE DATA t", "CHECK CONSTRAINT t c");
    }

    @Test
    void aViewInALoopIsMadeWithoutItsQueryFirst() {
        add(1, Kind.VIEW, "v");
        add(2, Kind.FUNCTION, "f");
        needForQuery(1, 2);
        need(2, 1);

        assertThat(order()).containsExactly("VIEW v", "FUNCTION f", "RULE v _RETURN");
    }

    @Test
    void aViewThatGroupsByAKeyGetsItsQueryAfterTheKey() {
        add(1, Kind.VIEW, "v");
        add(2, Kind.CONSTRAINT, "t pkey");
        needForQuery(1, 2);

        assertThat(order()).containsExactly("VIEW v", "CONSTRAINT t pkey", "RULE v _RETURN");
    }

    @Test
    void aMaterializedViewThatGroupsByAKeyIsMadeAfterTheKey() {
        add(1, Kind.MATERIALIZED_VIEW, "m");
        add(2, Kind.CONSTRAINT, "t pkey");
        need(1, 2);

        Graph graph = graph();
        List<Node> sorted = graph.sorted(new Loops(graph));

        assertThat(sorted).extracting(Node::toString).containsExactly("CONSTRAINT t pkey", "MATERIALIZED VIEW m");
        assertThat(sorted).extracting(Node::section).containsOnly(Section.POST_DATA);
    }

    @Test
    void theFunctionsOfATypeAreMadeForItsShell() {
        add(1, Kind.TYPE, "t");
        add(2, Kind.FUNCTION, "t_in");
        add(0, Kind.SHELL_TYPE, "t");
        need(1, 2);
        need(2, 1);

        assertThat(order()).containsExactly("SHELL TYPE t", "FUNCTION t_in", "TYPE t");
    }

    @Test
    void aShellThatNoFunctionNeedsIsNotMade() {
        add(1, Kind.TYPE, "t");
        add(0, Kind.SHELL_TYPE, "t");

        assertThat(order()).containsExactly("TYPE t");
    }

    @Test
    void aLoopThatCannotBeBrokenIsReportedByName() {
        add(1, Kind.FUNCTION, "f");
        add(2, Kind.FUNCTION, "g");
        need(1, 2);
        need(2, 1);

        Graph graph = graph();
        Loops loops = new Loops(graph);

        assertThat(names(graph, loops)).hasSize(2);
        assertThat(loops.unbroken()).containsExactly("these need each other: FUNCTION f, FUNCTION g");
    }

    @Test
    void aThousandLoopsAreBrokenAtOnce() {
        IntStream.range(0, 1000).forEach(i -> {
            int first = 1 + 3 * i;
            add(first, Kind.TABLE, "t" + i);
            addPart(first + 1, Kind.DEFAULT, "t%d c".formatted(i), first);
            add(first + 2, Kind.SEQUENCE, "s" + i);
            need(first + 1, first + 2);
            need(first + 2, first);
        });

        assertThat(order()).hasSize(3000).contains("DEFAULT t999 c");
    }

    private void add(int oid, Kind kind, String name) {
        drafts.add(draft(new ObjectId(oid == 0 ? 0 : 1, oid), kind, name, null, kind == Kind.VIEW ? "dummy" : null));
    }

    private void addPart(int oid, Kind kind, String name, int host) {
        drafts.add(draft(new ObjectId(1, oid), kind, name, new ObjectId(1, host), null));
    }

    private static Draft draft(ObjectId id, Kind kind, String name, @Nullable ObjectId host, @Nullable String dummy) {
        String part = host == null ? null : "part";
        return new Draft(
                kind, id, null, name, name, "", null, null, null, null, null, null, (char) 0, host, List.of(), part,
                dummy);
    }

    private void need(int from, int to) {
        edges.add(new Edge(new ObjectId(1, from), new ObjectId(1, to), 'n', false));
    }

    private void needForQuery(int from, int to) {
        edges.add(new Edge(new ObjectId(2618, from), new ObjectId(1, to), 'n', true));
    }

    private List<String> order() {
        Graph graph = graph();
        Loops loops = new Loops(graph);
        List<String> names = names(graph, loops);
        assertThat(loops.unbroken()).isEmpty();
        return names;
    }

    private Graph graph() {
        Map<ObjectId, ObjectId> rules = drafts.stream()
                .filter(draft -> draft.kind() == Kind.VIEW)
                .collect(Collectors.toMap(draft -> new ObjectId(2618, draft.id().oid()), Draft::id));
        return new Graph(drafts, new Dependencies(edges, rules, Map.of()));
    }

    private static List<String> names(Graph graph, Loops loops) {
        return graph.sorted(loops).stream().map(Node::toString).toList();
    }
}
