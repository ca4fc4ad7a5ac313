package dev.restage.postgres.internal.catalog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts nodes behind those that they need and keeps the given order otherwise: the list is filled from its back, each
 * time with the last node that nothing unplaced needs.
 */
final class Ordering {

    private final List<Node> nodes;
    private final Map<Node, List<Node>> dependents = new HashMap<>();
    private final Map<Node, Integer> waiting = new HashMap<>();
    private final List<Node> placed = new ArrayList<>();

    Ordering(List<Node> nodes) {
        this.nodes = nodes;
        Map<Node, Integer> places = new HashMap<>();
        nodes.forEach(node -> places.put(node, places.size()));
        for (Node node : nodes) {
            for (Node needed : node.needs()) {
                dependents.computeIfAbsent(needed, key -> new ArrayList<>()).add(node);
                waiting.merge(needed, 1, Integer::sum);
            }
        }
        PriorityQueue<Node> free = new PriorityQueue<>(Comparator.comparing(places::get, Comparator.reverseOrder()));
        nodes.stream().filter(node -> !waiting.containsKey(node)).forEach(free::add);
        for (Node last = free.poll(); last != null; last = free.poll()) {
            placed.add(last);
            for (Node needed : last.needs()) {
                if (waiting.merge(needed, -1, Integer::sum) == 0) {
                    free.add(needed);
                }
            }
        }
        Collections.reverse(placed);
    }

    /** Whether all nodes found a place. */
    boolean complete() {
        return placed.size() == nodes.size();
    }

    /** The nodes in order; incomplete if there are loops. */
    List<Node> placed() {
        return placed;
    }

    /** Loops that have no node in common; each node needs the next, and the last one the first. */
    List<List<Node>> loops() {
        Set<Node> stuck = new HashSet<>(nodes);
        placed.forEach(stuck::remove);
        Set<Node> seen = new HashSet<>();
        List<List<Node>> loops = new ArrayList<>();
        for (Node start : nodes) {
            if (stuck.contains(start) && !seen.contains(start)) {
                Node inLoop = walk(start, stuck, seen);
                if (inLoop != null) {
                    List<Node> loop = shortestLoop(inLoop, stuck);
                    seen.addAll(loop);
                    loops.add(loop);
                }
            }
        }
        return loops;
    }

    /** Walks to the dependents until a node is met again. Something unplaced needs every stuck node, so one must be. */
    private @Nullable Node walk(Node start, Set<Node> stuck, Set<Node> seen) {
        Set<Node> path = new HashSet<>();
        Node node = start;
        while (path.add(node)) {
            if (!seen.add(node)) {
                return null;
            }
            node = dependents.getOrDefault(node, List.of()).stream()
                    .filter(stuck::contains)
                    .findFirst()
                    .orElseThrow();
        }
        return node;
    }

    private static List<Node> shortestLoop(Node start, Set<Node> among) {
        Map<Node, Node> reachedFrom = new LinkedHashMap<>();
        Deque<Node> next = new ArrayDeque<>(List.of(start));
        while (true) {
            Node node = next.remove();
            for (Node needed : node.needs()) {
                if (needed == start) {
                    return pathTo(node, start, reachedFrom);
                }
                if (among.contains(needed) && reachedFrom.putIfAbsent(needed, node) == null) {
                    next.add(needed);
                }
            }
        }
    }

    private static List<Node> pathTo(Node end, Node start, Map<Node, Node> reachedFrom) {
        List<Node> path = new ArrayList<>();
        for (Node node = end; node != start; node = reachedFrom.get(node)) {
            path.add(node);
        }
        path.add(start);
        Collections.reverse(path);
        return path;
    }
}
