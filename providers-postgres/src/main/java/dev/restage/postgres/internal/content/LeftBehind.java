package dev.restage.postgres.internal.content;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.NamePattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of some contents no copy takes along: what belongs to a hosting company, and what somebody has named. What lies on such an
 * object stays behind with it, and so does a foreign key that refers to it; what else needs it cannot be made without it.
 */
public final class LeftBehind {

    private static final Set<String> RELATIONS =
            Set.of("TABLE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE", "SEQUENCE");

    /** Kinds that lie on whatever they need. */
    private static final Set<String> ON_ANYTHING = Set.of("ACL", "COMMENT", "DEFAULT ACL", "SECURITY LABEL");

    /** Kinds that lie on a table and whose names do not tell it. */
    private static final Set<String> ON_TABLES =
            Set.of("INDEX", "INDEX ATTACH", "PUBLICATION TABLE", "STATISTICS", "TABLE ATTACH");

    /** Kinds that are named by the table that they lie on. */
    private static final Set<String> ON_THEIR_TABLE = Set.of(
            "CHECK CONSTRAINT",
            "CONSTRAINT",
            "DEFAULT",
            "FK CONSTRAINT",
            "MATERIALIZED VIEW DATA",
            "POLICY",
            "ROW SECURITY",
            "RULE",
            "SEQUENCE OWNED BY",
            "SEQUENCE SET",
            "STATISTICS DATA",
            "TABLE DATA",
            "TRIGGER");

    /** What lies on another object and is worth a name in a preview. */
    private static final Set<String> NAMED_PARTS = Set.of("FK CONSTRAINT", "POLICY", "RULE", "TRIGGER");

    private static final String SCHEMA = "SCHEMA";
    private static final String EXTENSION = "EXTENSION";
    private static final String FOREIGN_KEY = "FK CONSTRAINT";
    private static final String NAMED = "was named";

    private final Contents all;
    private final List<String> unknown;
    private final HostObjects hosts;
    private final Map<Integer, String> reasons = new LinkedHashMap<>();
    private final Map<Integer, Entry> entries;

    /** One entry that cannot be made without another one. */
    private record Need(Entry entry, Entry needed) {}

    private LeftBehind(Contents all, List<String> names) {
        this.all = all;
        this.entries = all.entries().stream().collect(Collectors.toMap(Entry::id, Function.identity()));
        this.hosts = HostObjects.in(all);
        Map<Integer, String> owned = hosts.found();
        for (Entry entry : all.entries()) {
            if (owned.containsKey(entry.id())) {
                reasons.put(entry.id(), "belongs to " + owned.get(entry.id()));
            }
        }
        keepWhatIsNeeded();
        this.unknown = names.stream().filter(name -> !name(name)).toList();
        leaveParts();
    }

    /**
     * Divides contents.
     *
     * @param all what is there
     * @param names what somebody has named, as {@link Entry#name} writes it, with {@code *} for any text
     */
    public static LeftBehind of(Contents all, List<String> names) {
        return new LeftBehind(all, names);
    }

    /** Whether an entry stays behind. */
    public boolean includes(Entry entry) {
        return reasons.containsKey(entry.id());
    }

    /** Whether an entry belongs to a hosting company. */
    public boolean isHosts(Entry entry) {
        return hosts.found().containsKey(entry.id());
    }

    /** Whether an entry is a schema that belongs to a hosting company with all that is in it. */
    public boolean isWhole(Entry entry) {
        return entry.kind().equals(SCHEMA) && hosts.schemas().containsKey(entry.tag());
    }

    /** What is taken along. */
    public Contents rest() {
        if (reasons.isEmpty()) {
            return all;
        }
        Set<String> tables = all.entries().stream()
                .filter(entry -> includes(entry)
                        && (RELATIONS.contains(entry.kind()) || entry.kind().equals(Entry.TABLE_DATA)))
                .map(entry -> entry.schema() + "." + entry.tag())
                .collect(Collectors.toSet());
        List<TableShape> shapes = all.shape().tables().stream()
                .filter(shape -> !tables.contains(shape.qualifiedName()))
                .map(shape -> without(shape, tables))
                .toList();
        return with(entry -> !includes(entry), new DatabaseShape(shapes));
    }

    /** All there is, without the rows of what stays behind: others may not be allowed to read them. */
    public Contents whole() {
        return with(entry -> !includes(entry) || !entry.kind().equals(Entry.TABLE_DATA), all.shape());
    }

    /** What stays behind, a sentence for each company and each name. */
    public List<String> notes() {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        reasons.forEach((id, reason) -> {
            Entry entry = Objects.requireNonNull(entries.get(id));
            if (isNamed(entry)) {
                byReason.computeIfAbsent(reason, any -> new ArrayList<>()).add(shown(entry));
            }
        });
        return byReason.entrySet().stream()
                .map(each -> "left behind, as it %s: %s".formatted(each.getKey(), String.join(", ", each.getValue())))
                .toList();
    }

    /** What customers have made and goes with what is a company's, a sentence each: nobody asked for that. */
    public List<String> losses() {
        return all.entries().stream()
                .filter(entry -> includes(entry) && !reason(entry).equals(NAMED))
                .filter(entry ->
                        entry.kind().equals("POLICY") || (entry.kind().equals(FOREIGN_KEY) && !isInside(entry)))
                .map(entry -> "%s was left out: what it is on or refers to %s".formatted(entry.name(), reason(entry)))
                .toList();
    }

    /** Whether anything that is taken along needs what stays behind, and so a target that has it. */
    public boolean isNeeded() {
        return !needs().isEmpty();
    }

    /** The names of what stays behind. */
    public Set<String> names() {
        return all.entries().stream().filter(this::includes).map(Entry::name).collect(Collectors.toSet());
    }

    /**
     * What stands against it, a sentence each.
     *
     * @param there names of what a hosting company has in the target, where it stays
     * @param target what messages call the target
     */
    public List<String> problems(Set<String> there, String target) {
        List<String> problems = new ArrayList<>(unknown.stream()
                .map(name ->
                        "nothing is called %s, so it cannot be left behind: write a name as messages do, such as EXTENSION pg_cron or VIEW public.report"
                                .formatted(name))
                .toList());
        needs().stream()
                .filter(need -> !there.contains(need.needed().name()))
                .map(need ->
                        "%s needs %s, which stays behind, as it %s, and is not in %s: leave %1$s behind, too, by CopyOptions.without"
                                .formatted(
                                        need.entry().name(),
                                        need.needed().name(),
                                        reasons.get(need.needed().id()),
                                        target))
                .forEach(problems::add);
        return problems;
    }

    /** An extension, and a schema that the company has for extensions only, is taken along where something else needs it. */
    private void keepWhatIsNeeded() {
        Set<Integer> needed = all.entries().stream()
                .filter(entry -> !includes(entry) && !ON_ANYTHING.contains(entry.kind()))
                .flatMap(entry -> entry.dependencies().stream())
                .collect(Collectors.toSet());
        Set<String> filled = all.entries().stream()
                .filter(entry -> !includes(entry) && entry.section() != Section.NONE)
                .map(entry -> String.valueOf(entry.schema()))
                .collect(Collectors.toSet());
        for (Entry entry : all.entries()) {
            boolean isNeeded = entry.kind().equals(EXTENSION) && needed.contains(entry.id());
            boolean isFilled = isOpenSchema(entry) && filled.contains(entry.tag());
            if (isNeeded || isFilled) {
                reasons.remove(entry.id());
            }
        }
    }

    private boolean name(String name) {
        String pattern = name.strip().toLowerCase(Locale.ROOT);
        List<Entry> named = all.entries().stream()
                .filter(entry -> NamePattern.fits(pattern, entry.name().toLowerCase(Locale.ROOT)))
                .toList();
        named.forEach(entry -> reasons.putIfAbsent(entry.id(), NAMED));
        named.stream()
                .filter(entry -> entry.kind().equals(Entry.BLOBS))
                .flatMap(entry -> all.madeFor(entry).stream())
                .forEach(entry -> reasons.putIfAbsent(entry.id(), NAMED));
        return !named.isEmpty();
    }

    /** In the order of the contents, where parts come after what they lie on. */
    private void leaveParts() {
        for (Entry entry : all.entries()) {
            if (!includes(entry)) {
                neededBy(entry)
                        .filter(needed -> isPart(entry, needed))
                        .findFirst()
                        .ifPresent(needed -> reasons.put(entry.id(), reason(needed)));
            }
        }
    }

    private Stream<Entry> neededBy(Entry entry) {
        return entry.dependencies().stream()
                .filter(reasons::containsKey)
                .map(entries::get)
                .filter(Objects::nonNull);
    }

    private List<Need> needs() {
        return all.entries().stream()
                .filter(entry -> !includes(entry))
                .flatMap(entry -> neededBy(entry)
                        // An extension is made where the target has room for it.
                        .filter(needed -> !entry.kind().equals(EXTENSION) || !isOpenSchema(needed))
                        .limit(1)
                        .map(needed -> new Need(entry, needed)))
                .toList();
    }

    private static boolean isPart(Entry entry, Entry needed) {
        String kind = entry.kind();
        boolean isRelation = RELATIONS.contains(needed.kind());
        if (ON_ANYTHING.contains(kind)) {
            return true;
        }
        if (kind.equals(FOREIGN_KEY)
                && (isRelation || Set.of("CONSTRAINT", "INDEX").contains(needed.kind()))) {
            return true;
        }
        if (Set.of(Entry.TABLE_DATA, "SEQUENCE SET").contains(kind)
                && needed.kind().equals(EXTENSION)) {
            return true;
        }
        boolean isIdentity =
                kind.equals("SEQUENCE") && String.valueOf(entry.definition()).startsWith("ALTER TABLE");
        if (ON_TABLES.contains(kind) || isIdentity) {
            return isRelation;
        }
        return ON_THEIR_TABLE.contains(kind)
                && isRelation
                && Objects.equals(entry.schema(), needed.schema())
                && (entry.tag() + " ").startsWith(needed.tag() + " ");
    }

    /** A schema that stands for all that is in it does not need to have it named. */
    private boolean isNamed(Entry entry) {
        if (NAMED_PARTS.contains(entry.kind())) {
            return true;
        }
        boolean isPart = ON_ANYTHING.contains(entry.kind())
                || ON_TABLES.contains(entry.kind())
                || ON_THEIR_TABLE.contains(entry.kind());
        boolean areRights = entry.kind().equals("ACL") && entry.tag().startsWith("SCHEMA ");
        return areRights || (!isInside(entry) && !isPart);
    }

    private boolean isInside(Entry entry) {
        return entry.schema() != null && hosts.schemas().containsKey(entry.schema());
    }

    private String shown(Entry entry) {
        if (entry.kind().equals("ACL")) {
            return "rights on " + entry.tag();
        }
        return isWhole(entry) ? entry.name() + " with all that is in it" : entry.name();
    }

    private boolean isOpenSchema(Entry entry) {
        return entry.kind().equals(SCHEMA) && !isWhole(entry);
    }

    private String reason(Entry entry) {
        return Objects.requireNonNull(reasons.get(entry.id()));
    }

    private Contents with(Predicate<Entry> kept, DatabaseShape shape) {
        return new Contents(
                all.database(),
                all.majorVersion(),
                all.version(),
                all.encoding(),
                all.entries().stream().filter(kept).toList(),
                all.tables().stream().filter(data -> kept.test(data.entry())).toList(),
                shape);
    }

    private static TableShape without(TableShape shape, Set<String> tables) {
        List<TableShape.Reference> references = shape.references().stream()
                .filter(reference -> !tables.contains(reference.schema() + "." + reference.table()))
                .toList();
        return new TableShape(
                shape.schema(),
                shape.name(),
                shape.root(),
                shape.columns(),
                shape.uniqueKeys(),
                references,
                shape.checks());
    }
}
