package dev.restage.postgres.internal.copy;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.provider.CopyOptions.Extra;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of some contents is carried over. What belongs to a server rather than to the data stays behind unless asked for. */
public final class Selection {

    /** What no option carries, with the reason. */
    private static final Map<String, String> NEVER = Map.of(
            "SUBSCRIPTION", "it would replicate into the copy",
            "USER MAPPING", "it holds a password");

    /** What comes with those, or with the database itself. */
    private static final Set<String> PARTS_OF_THEM = Set.of("SUBSCRIPTION TABLE", "DATABASE");

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

    public Selection(Set<Extra> extras) {
        this.extras = Set.copyOf(extras);
    }

    /** The contents without what stays behind. */
    public Contents of(Contents all) {
        List<Entry> entries = all.entries().stream()
                .filter(this::isCarried)
                .map(entry -> extras.contains(Extra.OWNERS) ? entry : entry.ownedBy(""))
                .toList();
        return new Contents(
                all.database(), all.majorVersion(), all.version(), all.encoding(), entries, all.tables(), all.shape());
    }

    /** What stays behind whatever is asked for, a sentence each. */
    public static List<String> leftOut(Contents all) {
        return all.entries().stream()
                .filter(entry -> NEVER.containsKey(entry.kind()))
                .map(entry -> "%s was left out: %s".formatted(entry.name(), NEVER.get(entry.kind())))
                .toList();
    }

    private boolean isCarried(Entry entry) {
        String kind = entry.kind();
        if (NEVER.containsKey(kind)
                || PARTS_OF_THEM.contains(kind)
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
