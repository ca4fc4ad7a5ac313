package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.LeftBehind;
import dev.restage.postgres.internal.content.Section;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.session.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Extensions of a source as a target can have them. Those that are there already, and those of Heroku's own schema, may
 * be in another schema than in the source; then what refers to them is written for the schema of the target.
 */
final class Extensions {

    /** Where Heroku had extensions from August 2022 to July 2023, and still has them in databases of that time. */
    private static final String HEROKU = "heroku_ext";

    private static final String KIND = "EXTENSION";
    private static final Pattern SCHEMA = Pattern.compile("WITH SCHEMA (\"(?:[^\"]|\"\")+\"|[^\\s;\"]+)");
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private final Query query;
    private final Map<String, Available> available = new HashMap<>();
    private final Set<String> schemas;

    private Extensions(Connection target) throws SQLException {
        this.query = new Query(target);
        query.list(Query.text(Extensions.class, "extensions.sql"), Available::read)
                .forEach(each -> available.put(each.name(), each));
        this.schemas = new HashSet<>(query.list("SELECT nspname FROM pg_namespace", row -> row.getString(1)));
    }

    /** What a database has and allows. */
    static Extensions of(Connection target) throws SQLException {
        return new Extensions(target);
    }

    /** Extensions that cannot be had, a sentence each. One that nothing needs is proposed to be left behind. */
    List<String> problems(Contents contents, String target) {
        return extensions(contents)
                .filter(entry -> !canBeHad(entry.tag()))
                .map(entry -> problem(
                        entry.tag(),
                        LeftBehind.of(contents, List.of(entry.name())).isNeeded(),
                        target))
                .toList();
    }

    /** Whether the role can make all the extensions that it needs in a new database. */
    boolean canBeMadeAnew(Contents contents) {
        return extensions(contents).allMatch(entry -> {
            Available found = available.get(entry.tag());
            return found != null && found.allowed();
        });
    }

    /** The contents with every extension in a schema where the target has it or can have it. */
    Contents fit(Contents contents) throws SQLException {
        Map<Pattern, String> moves = new HashMap<>();
        Map<Integer, String> places = new HashMap<>();
        for (Entry entry : extensions(contents).toList()) {
            String from = schema(entry);
            if (from != null && !place(entry.tag(), from, contents).equals(from)) {
                String to = place(entry.tag(), from, contents);
                places.put(entry.id(), to);
                moves.put(references(entry.tag(), from), Matcher.quoteReplacement(identifier(to) + "."));
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : contents.entries()) {
            if (isThere(entry)) {
                continue;
            }
            String to = places.get(entry.id());
            entries.add(
                    to != null
                            ? with(entry, placed(entry, to), entry.copy())
                            : with(entry, moved(entry.definition(), moves), moved(entry.copy(), moves)));
        }
        Map<Integer, Entry> byId = entries.stream().collect(Collectors.toMap(Entry::id, entry -> entry));
        return new Contents(
                contents.database(),
                contents.majorVersion(),
                contents.version(),
                contents.encoding(),
                entries,
                contents.tables().stream()
                        .map(data -> with(data, byId.getOrDefault(data.entry().id(), data.entry())))
                        .toList(),
                contents.shape());
    }

    private boolean canBeHad(String name) {
        Available found = available.get(name);
        return found != null && (found.schema() != null || found.allowed());
    }

    private String problem(String name, boolean isNeeded, String target) {
        String what = !available.containsKey(name)
                ? "extension %s is not available on the server of %s: %s"
                        .formatted(name, target, "have it installed there")
                : "extension %s can be created in %s by a superuser only: %s".formatted(name, target, "have that done");
        String instead = isNeeded
                ? ", or drop it in the source"
                : ", or leave it behind, as nothing else of the source needs it: EXTENSION %s in CopyOptions.without or leaveBehind of a reset or a pull"
                        .formatted(name);
        return what + instead;
    }

    private String place(String name, String from, Contents contents) {
        Available found = available.get(name);
        if (found != null && found.schema() != null) {
            return found.schema();
        }
        boolean stays = !from.equals(HEROKU) || schemas.contains(HEROKU) || isNeeded(HEROKU, contents);
        return stays ? from : "public";
    }

    private boolean isNeeded(String schema, Contents contents) {
        return contents.entries().stream()
                .anyMatch(entry -> schema.equals(entry.schema()) && entry.section() != Section.NONE);
    }

    /** What in definitions names members of an extension by its schema. */
    private Pattern references(String extension, String from) throws SQLException {
        String qualifier = "(?<![\\w\".$])(?:%s|%s)\\."
                .formatted(Pattern.quote(identifier(from)), Pattern.quote(Query.quoted(from)));
        Set<String> members = new HashSet<>(query.list(
                Query.text(Extensions.class, "members.sql").replace("{extension}", Query.literal(extension)),
                row -> row.getString(1)));
        if (members.isEmpty()) {
            return Pattern.compile(qualifier);
        }
        return Pattern.compile(qualifier
                + members.stream()
                        .map(member -> "\"?" + Pattern.quote(member) + "\"?(?![\\w$])")
                        .sorted()
                        .collect(Collectors.joining("|", "(?=", ")")));
    }

    private static @Nullable String moved(@Nullable String text, Map<Pattern, String> moves) {
        String moved = text;
        for (Map.Entry<Pattern, String> move : moves.entrySet()) {
            moved = moved == null ? null : move.getKey().matcher(moved).replaceAll(move.getValue());
        }
        return moved;
    }

    private static String placed(Entry extension, String schema) {
        return SCHEMA.matcher(String.valueOf(extension.definition()))
                .replaceFirst(Matcher.quoteReplacement("WITH SCHEMA " + identifier(schema)));
    }

    private static @Nullable String schema(Entry extension) {
        Matcher found = SCHEMA.matcher(String.valueOf(extension.definition()));
        if (!found.find()) {
            return null;
        }
        String name = found.group(1);
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    /** A schema that has extensions in it, or something of a hosting company, stays when a target is emptied. */
    private boolean isThere(Entry entry) {
        return entry.kind().equals("SCHEMA") && !entry.tag().equals("public") && schemas.contains(entry.tag());
    }

    private static Stream<Entry> extensions(Contents contents) {
        return contents.entries().stream().filter(entry -> entry.kind().equals(KIND));
    }

    private static String identifier(String name) {
        return PLAIN.matcher(name).matches() ? name : Query.quoted(name);
    }

    private static TableData with(TableData data, Entry entry) {
        return data.of(entry);
    }

    private static Entry with(Entry entry, @Nullable String definition, @Nullable String copy) {
        return entry.writtenAs(entry.schema(), definition, entry.drop(), copy);
    }

    /** An extension that the server has files of; {@code schema} is null if the database has it not. */
    private record Available(String name, @Nullable String schema, boolean allowed) {
        static Available read(ResultSet row) throws SQLException {
            return new Available(row.getString(1), row.getString(2), row.getBoolean(3));
        }
    }
}
