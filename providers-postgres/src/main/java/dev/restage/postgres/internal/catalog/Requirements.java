package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.session.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What entries ask of the role and of the server that are to make them; extensions are looked at elsewhere. */
public final class Requirements {

    /** Source: the chapters on CREATE ... of PostgreSQL's manual, which say so for each of them. */
    private static final Set<String> BY_SUPERUSER = Set.of(
            "PROCEDURAL LANGUAGE",
            "ACCESS METHOD",
            "OPERATOR CLASS",
            "OPERATOR FAMILY",
            "SHELL TYPE",
            "TEXT SEARCH PARSER",
            "TEXT SEARCH TEMPLATE",
            "FOREIGN DATA WRAPPER");

    private static final Set<String> ROUTINES = Set.of("FUNCTION", "PROCEDURE");
    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[^\\s\",;()]+)";

    /** A routine's options stand between its name and its body. */
    private static final Pattern OPTIONS =
            Pattern.compile("(?s)^(.*?)(?:\nAS |\nBEGIN ATOMIC|\nRETURN |\\s+AS \\$|\\s+AS ')");

    private static final Pattern SINGLE = Pattern.compile(NAME);
    private static final Pattern LANGUAGE = Pattern.compile("\\sLANGUAGE " + NAME);
    private static final Pattern SETTING = Pattern.compile("\\sSET " + NAME + " TO ");
    private static final Pattern SPECIAL = Pattern.compile("\\s(?:LEAKPROOF|SUPPORT )");
    private static final Pattern WRAPPER = Pattern.compile(" FOREIGN DATA WRAPPER " + NAME);
    private static final Pattern OF_POLICY = Pattern.compile("\\sTO (" + NAME + "(?:, " + NAME + ")*)");
    private static final Pattern GRANTEE = Pattern.compile("(?m) (?:TO|FROM) " + NAME + "(?: WITH GRANT OPTION)?;$");

    /** What is carried only on demand, and older servers do not know; of all else the source's catalog tells it. */
    private static final List<Newer> NEWER = List.of(
            new Newer("ACL", Pattern.compile("\\bMAINTAIN\\b"), 17, "MAINTAIN"),
            new Newer("DEFAULT ACL", Pattern.compile("\\bMAINTAIN\\b"), 17, "MAINTAIN"),
            new Newer("DEFAULT ACL", Pattern.compile(" ON LARGE OBJECTS "), 18, "LARGE OBJECTS"),
            new Newer("PUBLICATION", Pattern.compile("publish_generated_columns"), 18, "publish_generated_columns"),
            new Newer("PUBLICATION TABLE", Pattern.compile("\\);\\s*$"), 15, "a list of columns or WHERE"),
            new Newer("PUBLICATION TABLES IN SCHEMA", Pattern.compile(""), 15, "TABLES IN SCHEMA"));

    private record Newer(String kind, Pattern words, int since, String feature) {}

    private final String target;
    private final int version;
    private final Map<String, Boolean> allowed = new HashMap<>();

    private Requirements(String target, int version) {
        this.target = target;
        this.version = version;
    }

    /**
     * What cannot be made, a sentence each.
     *
     * @param contents what is to be made, without what stays behind
     * @param connection to the target, as the role that makes it
     */
    public static List<String> problems(Contents contents, Connection connection, String target) throws SQLException {
        Requirements requirements =
                new Requirements(target, connection.getMetaData().getDatabaseMajorVersion());
        new Query(connection)
                .list(
                        Query.text(Requirements.class, "requirements.sql"),
                        row -> requirements.allowed.put(row.getString(1) + " " + row.getString(2), row.getBoolean(3)));
        Set<String> made = Set.copyOf(contents.entries().stream()
                .filter(entry -> entry.kind().equals("FOREIGN DATA WRAPPER")
                        || entry.kind().equals("PROCEDURAL LANGUAGE"))
                .map(Entry::tag)
                .toList());
        return contents.entries().stream()
                .flatMap(entry -> requirements.problems(entry, made).stream())
                .distinct()
                .toList();
    }

    private List<String> problems(Entry entry, Set<String> made) {
        String definition = entry.definition() == null ? "" : entry.definition();
        List<String> problems = new ArrayList<>();
        NEWER.stream()
                .filter(newer -> newer.since() > version && newer.kind().equals(entry.kind()))
                .filter(newer -> newer.words().matcher(definition).find())
                .forEach(newer -> problems.add("%s needs PostgreSQL %d: %s, and %s is older: leave it out"
                        .formatted(entry.name(), newer.since(), newer.feature(), target)));
        if (!may("superuser", "") && needsSuperuser(entry, definition)) {
            problems.add("%s can be made in %s by a superuser only: drop it in the source, or copy as one"
                    .formatted(entry.name(), target));
        }
        if (ROUTINES.contains(entry.kind())) {
            problems.addAll(ofRoutine(entry, options(definition), made));
        }
        if (entry.kind().equals("SERVER")) {
            names(WRAPPER, definition)
                    .filter(wrapper -> !made.contains(wrapper) && knows("wrapper", wrapper) && !may("wrapper", wrapper))
                    .forEach(wrapper -> problems.add(
                            "%s cannot be made in %s: GRANT USAGE ON FOREIGN DATA WRAPPER %s to the role there"
                                    .formatted(entry.name(), target, Query.quoted(wrapper))));
        }
        roles(entry, definition)
                .filter(role -> !knows("role", role))
                .forEach(role -> problems.add("%s names the role %s, which %s has not: create it there"
                        .formatted(entry.name(), role, target)));
        String owner = entry.owner();
        if (owner != null && !owner.isEmpty() && !may("role", owner)) {
            problems.add(
                    ("objects of the role %s cannot be given to it in %s: create it there and copy as a member of it,"
                                    + " or leave owners out")
                            .formatted(owner, target));
        }
        return problems;
    }

    private List<String> ofRoutine(Entry entry, String options, Set<String> made) {
        List<String> problems = new ArrayList<>();
        names(LANGUAGE, options)
                .filter(language ->
                        !made.contains(language) && knows("language", language) && !may("language", language))
                .forEach(language -> problems.add(
                        "%s is written in %s, which the role may not use in %s: drop it in the source, or copy as a superuser"
                                .formatted(entry.name(), language, target)));
        names(SETTING, options)
                .map(setting -> setting.toLowerCase(Locale.ROOT))
                .filter(setting -> !setting.contains(".") && !may("setting", setting))
                .forEach(setting -> problems.add(
                        "%s sets %s, which %s does not know or leaves to superusers: take that out in the source"
                                .formatted(entry.name(), setting, target)));
        return problems;
    }

    private boolean needsSuperuser(Entry entry, String definition) {
        return switch (entry.kind()) {
            case "TYPE" -> definition.contains("\n    INPUT = ") || !definition.contains(" AS ");
            case "CAST" -> definition.contains(" WITHOUT FUNCTION");
            case "EVENT TRIGGER" -> !may("event triggers", "");
            case "PUBLICATION" -> definition.contains(" FOR ALL TABLES");
            case "PUBLICATION TABLES IN SCHEMA" -> true;
            case "FUNCTION" -> SPECIAL.matcher(options(definition)).find();
            default -> BY_SUPERUSER.contains(entry.kind());
        };
    }

    /** Roles that a definition names; an owner is told by its entry. */
    private static Stream<String> roles(Entry entry, String definition) {
        return switch (entry.kind()) {
            case "ACL", "DEFAULT ACL" -> names(GRANTEE, definition).filter(role -> !role.equals("PUBLIC"));
            case "POLICY" ->
                names(OF_POLICY, definition.split(" (?:USING|WITH CHECK) \\(", 2)[0])
                        .filter(role -> !role.equals("PUBLIC"));
            default -> Stream.empty();
        };
    }

    private static String options(String definition) {
        Matcher head = OPTIONS.matcher(definition);
        return head.find() ? head.group(1) : definition;
    }

    /** The names at the places of a pattern, unquoted; of a list, all. */
    private static Stream<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .flatMap(found -> SINGLE.matcher(found.group(1)).results())
                .map(MatchResult::group)
                .map(name -> name.startsWith("\"")
                        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                        : name);
    }

    private boolean knows(String kind, String name) {
        return allowed.containsKey(kind + " " + name);
    }

    private boolean may(String kind, String name) {
        return allowed.getOrDefault(kind + " " + name, false);
    }
}
