package dev.restage.postgres.internal.schema;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.MaskingPolicy.Strictness;
import dev.restage.masking.ObjectRule.Carry;
import dev.restage.masking.TableShape;
import dev.restage.postgres.internal.catalog.CatalogTexts;
import dev.restage.postgres.internal.catalog.InlinePart;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.provider.database.CopyOptions.Extra;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of some contents is carried over. What belongs to a server rather than to the data stays behind unless asked for,
 * what would bring data in that no mask has seen stays behind, and so does what the policy leaves by name.
 */
public final class Selection {

    private static final MaskingPolicy AS_IT_IS =
            MaskingPolicy.builder().keepObjects("*").lenient().build();

    /** What no option carries, with the reason. */
    private static final Map<String, String> NEVER = Map.of(
            "SUBSCRIPTION", "it would replicate into the copy",
            "USER MAPPING", "it holds a password");

    /** What comes with those, or with the database itself, or is made anew from what is carried. */
    private static final Set<String> SILENT = Set.of("SUBSCRIPTION TABLE", "DATABASE", "STATISTICS DATA");

    /** What all entries with large objects are called: an archive may have several. */
    private static final String LARGE_OBJECTS = Entry.BLOBS + " *";

    private static final Map<String, Extra> EXTRAS = Map.ofEntries(
            Map.entry("ACL", Extra.PRIVILEGES),
            Map.entry("DEFAULT ACL", Extra.PRIVILEGES),
            Map.entry("SECURITY LABEL", Extra.SECURITY_LABELS),
            Map.entry("PUBLICATION", Extra.PUBLICATIONS),
            Map.entry("PUBLICATION TABLE", Extra.PUBLICATIONS),
            Map.entry("PUBLICATION TABLES IN SCHEMA", Extra.PUBLICATIONS),
            Map.entry("DATABASE PROPERTIES", Extra.DATABASE_SETTINGS));

    /** A comment names the kind of what it is on in its tag. */
    private static final Map<String, Extra> COMMENTS = Map.of(
            "EXTENSION ", Extra.EXTENSION_COMMENTS,
            "PUBLICATION ", Extra.PUBLICATIONS,
            "DATABASE ", Extra.DATABASE_SETTINGS);

    private final Set<Extra> extras;
    private final MaskingPolicy policy;

    /** Carries what is asked for as it is, whatever it holds. */
    public Selection(Set<Extra> extras) {
        this(extras, AS_IT_IS);
    }

    public Selection(Set<Extra> extras, MaskingPolicy policy) {
        this.extras = Set.copyOf(extras);
        this.policy = policy;
    }

    /** The contents without what stays behind. */
    public Contents of(Contents all) {
        Fates fates = fates(all);
        List<Entry> entries = all.entries().stream()
                .filter(fates::isCarried)
                .map(this::withoutLeftParts)
                .map(entry -> extras.contains(Extra.OWNERS) && !isLeftByRule(CatalogTexts.owner(entry))
                        ? entry
                        : entry.ownedBy(""))
                .toList();
        Set<String> leftTables = all.entries().stream()
                .filter(entry -> entry.kind().equals("TABLE") && !fates.isCarried(entry))
                .map(entry -> entry.schema() + "." + entry.tag())
                .collect(Collectors.toSet());
        List<TableData> tables = all.tables().stream()
                .filter(data -> fates.isCarried(data.entry()))
                .toList();
        Map<String, List<InlinePart>> leftParts = all.entries().stream()
                .filter(entry -> entry.kind().equals("TABLE"))
                .collect(Collectors.toMap(
                        entry -> entry.schema() + "." + entry.tag(), this::leftParts, (one, same) -> one));
        DatabaseShape shape = new DatabaseShape(all.shape().tables().stream()
                .filter(table -> !leftTables.contains(table.qualifiedName()))
                .map(table -> withoutChecks(table, leftParts.getOrDefault(table.qualifiedName(), List.of())))
                .toList());
        return new Contents(all.database(), all.majorVersion(), all.version(), all.encoding(), entries, tables, shape);
    }

    /** What stands against carrying it, a sentence each. */
    public List<String> problems(Contents all) {
        Fates fates = fates(all);
        List<String> problems = new ArrayList<>();
        all.entries().stream()
                .filter(entry -> !Kinds.KNOWN.contains(entry.kind())
                        && carry(entry.name()).isEmpty())
                .map(entry -> "%s is of a kind that is not known here, so nobody knows what it would bring: %s"
                        .formatted(entry.name(), wayRound(entry.name())))
                .forEach(problems::add);
        problems.addAll(fates.runningMeanwhile());
        if (policy.strictness() == Strictness.STRICT) {
            all.entries().stream()
                    .filter(this::isUndecided)
                    .map(entry -> "large objects are carried as they are, and nobody knows what they hold: "
                            + wayRound(LARGE_OBJECTS))
                    .distinct()
                    .forEach(problems::add);
            problems.addAll(refused(Mentions.in(of(all), policy)));
        }
        return problems;
    }

    /** What is said besides rows in what is carried, without what is declared as safe: definitions, comments, names. */
    public List<String> texts(Contents all) {
        List<String> texts = new ArrayList<>();
        Mentions.texts(of(all), policy, (place, text) -> texts.add(text));
        return texts;
    }

    /**
     * Where people are named who are known, a sentence each, without places that {@link #problems} has.
     *
     * @param known says where somebody is known from whom a text names; null if nobody is
     */
    public List<String> naming(Function<String, @Nullable String> known, Contents all) {
        Contents carried = of(all);
        List<Mentions.Mention> named = Mentions.of(known, carried, policy);
        if (named.isEmpty() || policy.strictness() == Strictness.LENIENT) {
            return refused(named);
        }
        Set<String> said = Mentions.in(carried, policy).stream()
                .map(Mentions.Mention::place)
                .collect(Collectors.toSet());
        return refused(named.stream()
                .filter(mention -> !said.contains(mention.place()))
                .toList());
    }

    private static List<String> refused(List<Mentions.Mention> mentions) {
        return mentions.stream()
                .map(mention -> "%s holds %s: change it in the source, %s"
                        .formatted(mention.place(), mention.what(), wayRound(mention.place())))
                .toList();
    }

    /** Whether somebody has to say first what becomes of it: large objects under a strict policy. */
    public boolean isUndecided(Entry entry) {
        return policy.strictness() == Strictness.STRICT
                && entry.kind().equals(Entry.BLOBS)
                && carry(entry.name()).isEmpty();
    }

    /** What a person should know of what stays behind, is left empty, or is carried nevertheless, a sentence each. */
    public List<String> notes(Contents all) {
        Fates fates = fates(all);
        List<String> notes = new ArrayList<>();
        all.entries().stream()
                .filter(entry -> NEVER.containsKey(entry.kind()))
                .map(entry -> "%s was left out: %s".formatted(entry.name(), NEVER.get(entry.kind())))
                .forEach(notes::add);
        notes.addAll(fates.notes());
        boolean masks = !policy.columns().isEmpty();
        if (policy.strictness() == Strictness.LENIENT && masks) {
            Mentions.in(of(all), policy).stream()
                    .map(mention -> "%s holds %s and is carried".formatted(mention.place(), mention.what()))
                    .forEach(notes::add);
        }
        return notes;
    }

    static String wayRound(String name) {
        return "leave it behind with leaveObjects(\"%1$s\"), or declare it as safe with keepObjects(\"%1$s\")"
                .formatted(name);
    }

    private Fates fates(Contents all) {
        return new Fates(all, policy, this::isOfCarriedKind);
    }

    private Optional<Carry> carry(String name) {
        return policy.carryOf(name);
    }

    private boolean isLeftByRule(String name) {
        return carry(name).filter(carry -> carry == Carry.LEAVE).isPresent();
    }

    private List<InlinePart> leftParts(Entry entry) {
        return policy.objects().isEmpty()
                ? List.of()
                : InlinePart.of(entry).stream()
                        .filter(part -> isLeftByRule(part.name()))
                        .toList();
    }

    private static TableShape withoutChecks(TableShape table, List<InlinePart> left) {
        return left.isEmpty()
                ? table
                : new TableShape(
                        table.schema(),
                        table.name(),
                        table.root(),
                        table.columns(),
                        table.uniqueKeys(),
                        table.references(),
                        table.checks().stream()
                                .filter(check -> left.stream().noneMatch(part -> part.isCheckOf(check)))
                                .toList());
    }

    private Entry withoutLeftParts(Entry entry) {
        List<InlinePart> left = leftParts(entry);
        return left.isEmpty()
                ? entry
                : entry.writtenAs(
                        entry.schema(),
                        InlinePart.without(String.valueOf(entry.definition()), left),
                        entry.drop(),
                        entry.copy());
    }

    private boolean isOfCarriedKind(Entry entry) {
        String kind = entry.kind();
        if (NEVER.containsKey(kind)
                || SILENT.contains(kind)
                || (kind.equals("COMMENT") && entry.tag().startsWith("SUBSCRIPTION "))) {
            return false;
        }
        return extra(entry).map(extras::contains).orElse(true);
    }

    private static Optional<Extra> extra(Entry entry) {
        if (entry.kind().equals("COMMENT")) {
            return COMMENTS.entrySet().stream()
                    .filter(comment -> entry.tag().startsWith(comment.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }
        @Nullable Extra extra = EXTRAS.get(entry.kind());
        return Optional.ofNullable(extra);
    }
}
