package dev.restage.postgres.internal.arrange;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.session.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What definitions name of the server itself, which each server has or lacks. Where a default does as well, as for tablespaces
 * and compression, it takes the place of what is missing, with a note; what changes the meaning of data is a problem.
 */
public final class ServerParts {

    private static final Pattern COMPRESSION =
            Pattern.compile("(?m)^ALTER (?:FOREIGN )?TABLE .* SET COMPRESSION (\\w+);\\n?");
    private static final Pattern DEFAULT_COMPRESSION =
            Pattern.compile("(?m)^ALTER (?:DATABASE|ROLE) .* SET default_toast_compression TO '?(\\w+)'?;\\n?");
    private static final Pattern COLLATION =
            Pattern.compile("\\bCOLLATE \"?pg_catalog\"?\\.(?:\"((?:[^\"]|\"\")+)\"|(\\w+))");
    private static final Pattern CONFIGURATION =
            Pattern.compile("'(?:\"?pg_catalog\"?\\.)?\"?(\\w+)\"?'::(?:\"?pg_catalog\"?\\.)?\"?regconfig");
    private static final Pattern ICU = Pattern.compile("(?i)\\bprovider = '?icu\\b");

    /** What is made of expressions, or has columns. */
    private static final Set<String> WITH_EXPRESSIONS = Set.of(
            "TABLE",
            "FOREIGN TABLE",
            "VIEW",
            "MATERIALIZED VIEW",
            "INDEX",
            "CONSTRAINT",
            "CHECK CONSTRAINT",
            "DEFAULT",
            "DOMAIN",
            "TYPE",
            "POLICY",
            "RULE",
            "STATISTICS");

    private final Map<String, Set<String>> parts;

    private ServerParts(Map<String, Set<String>> parts) {
        this.parts = parts;
    }

    /** Asks a database. */
    public static ServerParts of(Connection target) throws SQLException {
        Map<String, Set<String>> parts = new TreeMap<>();
        new Query(target)
                .list(
                        Query.text(ServerParts.class, "server-parts.sql"),
                        row -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(part -> parts.computeIfAbsent(part.getKey(), kind -> new HashSet<>())
                        .add(part.getValue()));
        return new ServerParts(parts);
    }

    /**
     * What is missing and cannot be replaced, a sentence each.
     *
     * @param encoding that of the source's database, if it is known
     */
    public List<String> problems(Contents contents, Optional<String> encoding, String target) {
        List<String> problems = new ArrayList<>();
        boolean holdsAll = has("encoding", "UTF8") || has("encoding", "SQL_ASCII");
        if (!holdsAll && encoding.filter(other -> !has("encoding", other)).isPresent()) {
            problems.add("%s is in %s, which cannot hold every character of %s: have it made with ENCODING 'UTF8'"
                    .formatted(target, String.join("", parts.getOrDefault("encoding", Set.of())), contents.database()));
        }
        Set<String> own = contents.entries().stream()
                .filter(entry -> entry.kind().equals("TEXT SEARCH CONFIGURATION"))
                .map(Entry::tag)
                .collect(Collectors.toSet());
        for (Entry entry : contents.entries()) {
            String definition = String.valueOf(entry.definition());
            if (entry.kind().equals("COLLATION") && ICU.matcher(definition).find() && !has("provider", "icu")) {
                problems.add("%s needs ICU, and the server of %s is built without it: leave it behind by name"
                        .formatted(entry.name(), target));
            }
            if (WITH_EXPRESSIONS.contains(entry.kind())) {
                named(COLLATION, definition)
                        .filter(name -> !has("collation", name))
                        .map(name ->
                                "%s uses the collation %s, which the server of %s has not: install that locale there and have pg_import_system_collations called, or leave it behind by name"
                                        .formatted(entry.name(), name, target))
                        .forEach(problems::add);
                named(CONFIGURATION, definition)
                        .filter(name -> !has("configuration", name) && !own.contains(name))
                        .map(name ->
                                "%s uses the text search configuration %s, which the server of %s has not: have it created there, or leave it behind by name"
                                        .formatted(entry.name(), name, target))
                        .forEach(problems::add);
            }
        }
        return problems;
    }

    /** What is missing and for which a default takes its place, a sentence each. */
    public List<String> notes(Contents contents, String target) {
        Map<String, Integer> notes = new TreeMap<>();
        for (Entry entry : contents.entries()) {
            String definition = String.valueOf(entry.definition());
            missingTablespace(entry)
                    .forEach(name -> notes.merge(
                            "the tablespace %s is not there for %s".formatted(name, target), 1, Integer::sum));
            Stream.concat(named(COMPRESSION, definition), named(DEFAULT_COMPRESSION, definition))
                    .filter(method -> !has("compression", method))
                    .forEach(method -> notes.merge(
                            "the server of %s does not know the compression %s".formatted(target, method),
                            1,
                            Integer::sum));
        }
        return notes.entrySet().stream()
                .map(note -> "%s: its default takes the place, %d times".formatted(note.getKey(), note.getValue()))
                .toList();
    }

    /** The same contents without what has a default. */
    public Contents fit(Contents contents) {
        return contents.withEntries(contents.entries().stream().map(this::fit).toList());
    }

    private Entry fit(Entry entry) {
        Entry fitting = missingTablespace(entry).findAny().isPresent() ? entry.inTablespace("") : entry;
        String definition = entry.definition();
        if (definition == null) {
            return fitting;
        }
        return fitting.definedAs(without(DEFAULT_COMPRESSION, without(COMPRESSION, definition)));
    }

    private String without(Pattern statement, String definition) {
        return statement
                .matcher(definition)
                .replaceAll(found -> has("compression", found.group(1)) ? Matcher.quoteReplacement(found.group()) : "");
    }

    private Stream<String> missingTablespace(Entry entry) {
        return Stream.ofNullable(entry.tablespace()).filter(name -> !name.isEmpty() && !has("tablespace", name));
    }

    private boolean has(String kind, String name) {
        return parts.getOrDefault(kind, Set.of()).contains(name);
    }

    private static Stream<String> named(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .distinct();
    }
}
