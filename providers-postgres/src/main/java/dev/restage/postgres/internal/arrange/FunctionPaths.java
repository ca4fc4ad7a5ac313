package dev.restage.postgres.internal.arrange;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import dev.restage.postgres.internal.session.Query;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lets functions find what they name without a schema while a database is filled, where sessions have no path of their own,
 * as they find it in the source. A function that has no path gets one until all is made; then it is as in the source again.
 */
final class FunctionPaths {

    /** What calls functions while it is made or filled. */
    private static final Set<String> CALLERS = Set.of(
            "TABLE",
            "DEFAULT",
            "INDEX",
            "CONSTRAINT",
            "CHECK CONSTRAINT",
            "STATISTICS",
            "MATERIALIZED VIEW",
            Entry.MATERIALIZED_VIEW_DATA);

    private static final Pattern OWN_PATH = Pattern.compile("(?m)^\\s*SET \"?search_path\"? (?:TO|=) ");
    private static final Pattern COMPILED = Pattern.compile("(?im)^\\s*LANGUAGE (?:c|internal)\\b");
    private static final Pattern DROP = Pattern.compile("(?s)^DROP (FUNCTION .*);\\s*$");
    private static final Pattern EXTENSION_SCHEMA = Pattern.compile("WITH SCHEMA (\"(?:[^\"]|\"\")+\"|[^\\s;\"]+)");

    private final Contents contents;
    private final Map<Integer, Entry> pathless;
    private final String path;

    /**
     * Looks for functions without a path.
     *
     * @param path that of sessions in the source
     */
    FunctionPaths(Contents contents, String path) {
        this.contents = contents;
        this.pathless = pathless(contents);
        this.path = path(path);
    }

    /** The path of the source, with the schemas of the functions and of extensions, which may lie elsewhere here. */
    String path() {
        return path;
    }

    /** The same contents with paths. */
    Contents arranged() {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : contents.entries()) {
            if (pathless.containsKey(entry.id())) {
                entries.add(entry.definedAs("%s%nALTER %s SET search_path TO %s;%n"
                        .formatted(entry.definition(), name(entry).orElseThrow(), path)));
            } else if (entry.kind().equals(Entry.MATERIALIZED_VIEW_DATA)) {
                // only what is looked up while the query runs can be found by a path: the query itself is parsed
                entries.add(entry.definedAs("SELECT pg_catalog.set_config('search_path', %s, true);%n%s"
                        .formatted(Query.literal(path), entry.definition())));
            } else {
                entries.add(entry);
            }
        }
        if (!pathless.isEmpty()) {
            entries.add(reset());
        }
        return contents.withEntries(entries);
    }

    private Entry reset() {
        int id = contents.entries().stream().mapToInt(Entry::id).max().orElse(0) + 1;
        String statements = pathless.values().stream()
                .flatMap(function -> name(function).stream())
                .map("ALTER %s RESET search_path;%n"::formatted)
                .collect(Collectors.joining());
        return new Entry(
                id,
                0,
                0,
                Entry.PATHS,
                null,
                "of functions",
                Section.POST_DATA,
                statements,
                null,
                null,
                null,
                null,
                (char) 0,
                null,
                List.copyOf(pathless.keySet()));
    }

    /** How statements name a function. */
    private static Optional<String> name(Entry function) {
        return Optional.of(DROP.matcher(String.valueOf(function.drop())))
                .filter(Matcher::find)
                .map(drop -> drop.group(1));
    }

    /** Functions that are called by what is made or filled, and have no path, by their ids. */
    private static Map<Integer, Entry> pathless(Contents contents) {
        Map<Integer, Entry> byId = new HashMap<>();
        contents.entries().forEach(entry -> byId.put(entry.id(), entry));
        Deque<Entry> waiting = new ArrayDeque<>();
        contents.entries().stream()
                .filter(entry -> CALLERS.contains(entry.kind()))
                .forEach(waiting::add);
        Set<Integer> seen = new HashSet<>();
        Map<Integer, Entry> found = new LinkedHashMap<>();
        while (!waiting.isEmpty()) {
            Entry entry = waiting.remove();
            if (!seen.add(entry.id())) {
                continue;
            }
            if (Routines.isFunction(entry) && isPathless(entry) && name(entry).isPresent()) {
                found.put(entry.id(), entry);
            }
            entry.dependencies().stream()
                    .map(byId::get)
                    .filter(Objects::nonNull)
                    .forEach(waiting::add);
        }
        return found;
    }

    private static boolean isPathless(Entry function) {
        String definition = String.valueOf(function.definition());
        return !OWN_PATH.matcher(definition).find()
                && !COMPILED.matcher(definition).find();
    }

    private String path(String ofSource) {
        Set<String> schemas = new LinkedHashSet<>();
        if (!ofSource.equals("''")) {
            schemas.add(ofSource);
        }
        pathless.values().stream()
                .map(Entry::schema)
                .filter(Objects::nonNull)
                .map(Query::quoted)
                .forEach(schemas::add);
        contents.entries().stream()
                .filter(extension -> extension.kind().equals("EXTENSION"))
                .map(extension -> EXTENSION_SCHEMA.matcher(String.valueOf(extension.definition())))
                .filter(Matcher::find)
                .map(schema -> schema.group(1))
                .forEach(schemas::add);
        return schemas.isEmpty() ? "''" : String.join(", ", schemas);
    }
}
