package dev.restage.media.internal.listing;

import dev.restage.provider.PlanException;
import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which keys a sync looks at, and the ranges of keys to list for it. */
public final class Scope {

    /** Sorts behind every key that begins with the text before it. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    /** Masked names keep their endings. */
    private static final Pattern ANY_NAME = Pattern.compile("(.*/)?\\*+(\\..*)?");

    private final List<String> prefixes;
    private final List<Glob> globs;
    private final List<String> excludedPrefixes;
    private final List<Glob> excludedGlobs;

    /**
     * @param include prefixes and patterns to look at; empty for all
     * @param exclude prefixes and patterns to leave out
     */
    public Scope(List<String> include, List<String> exclude) {
        this(prefixes(include), globs(include), prefixes(exclude), globs(exclude));
    }

    private Scope(List<String> prefixes, List<Glob> globs, List<String> excludedPrefixes, List<Glob> excludedGlobs) {
        this.prefixes = prefixes;
        this.globs = globs;
        this.excludedPrefixes = excludedPrefixes;
        this.excludedGlobs = excludedGlobs;
    }

    /** The same without what begins like that. */
    public Scope without(List<String> beginnings) {
        return new Scope(
                prefixes,
                globs,
                Stream.concat(excludedPrefixes.stream(), beginnings.stream()).toList(),
                excludedGlobs);
    }

    /** The same without what fits a pattern. It is listed and passed over: of little, that costs less than a listing more. */
    public Scope passingOver(String pattern) {
        return new Scope(
                prefixes,
                globs,
                excludedPrefixes,
                Stream.concat(excludedGlobs.stream(), Stream.of(Glob.of(pattern)))
                        .toList());
    }

    private static List<String> prefixes(List<String> texts) {
        return texts.stream().filter(text -> !text.startsWith(Glob.MARK)).toList();
    }

    /** Throws if a pattern is broken. */
    public static void checkPatterns(List<String> texts) {
        globs(texts);
    }

    private static List<Glob> globs(List<String> texts) {
        return texts.stream()
                .filter(text -> text.startsWith(Glob.MARK))
                .map(text -> Glob.of(text.substring(Glob.MARK.length())))
                .toList();
    }

    public boolean contains(String key) {
        boolean included = (prefixes.isEmpty() && globs.isEmpty())
                || prefixes.stream().anyMatch(key::startsWith)
                || globs.stream().anyMatch(glob -> glob.matches(key));
        return included
                && excludedPrefixes.stream().noneMatch(key::startsWith)
                && excludedGlobs.stream().noneMatch(glob -> glob.matches(key));
    }

    /** Ranges in the order of keys, none of which overlaps another or lies in an excluded prefix. */
    public List<KeyRange> ranges() {
        List<String> jumps = outermost(excludedPrefixes.stream().filter(Scope::boundsWell));
        List<KeyRange> ranges = new ArrayList<>();
        for (String prefix : beginnings()) {
            if (excludedPrefixes.stream().anyMatch(prefix::startsWith)) {
                continue;
            }
            String after = "";
            for (String jump : jumps) {
                if (jump.startsWith(prefix)) {
                    ranges.add(new KeyRange(prefix, after, jump));
                    after = jump + LAST;
                }
            }
            ranges.add(new KeyRange(prefix, after, ""));
        }
        return ranges;
    }

    /** Ranges within a folder whose objects have other names at the target, in their folders. */
    public List<KeyRange> ranges(String folder) {
        return outermost(beginnings().stream()
                        .filter(beginning -> beginning.startsWith(folder) || folder.startsWith(beginning))
                        .map(beginning -> beginning.startsWith(folder)
                                ? beginning.substring(0, beginning.lastIndexOf('/') + 1)
                                : folder))
                .stream()
                .map(KeyRange::of)
                .toList();
    }

    /**
     * Refuses what speaks of file names that are others at the target.
     *
     * @param renamed the folders whose files have other names there, each ending in {@code /}
     */
    public void check(List<String> renamed) {
        Stream.concat(prefixes.stream(), excludedPrefixes.stream())
                .filter(prefix -> !prefix.endsWith("/"))
                .filter(prefix -> renamed.stream().anyMatch(prefix::startsWith))
                .findFirst()
                .ifPresent(prefix -> {
                    throw new PlanException(
                            "the prefix \"%s\" is the beginning of file names that are others at the target: end it with /, as a folder"
                                    .formatted(prefix));
                });
        Stream.concat(globs.stream(), excludedGlobs.stream())
                .filter(glob -> !ANY_NAME.matcher(glob.text()).matches())
                .filter(glob -> renamed.stream()
                        .anyMatch(folder -> folder.startsWith(glob.beginning())
                                || glob.beginning().startsWith(folder)))
                .findFirst()
                .ifPresent(glob -> {
                    throw new PlanException(
                            "the pattern %s%s speaks of file names that are others at the target: say only which endings they have, as in *.pdf"
                                    .formatted(Glob.MARK, glob.text()));
                });
    }

    private List<String> beginnings() {
        if (prefixes.isEmpty() && globs.isEmpty()) {
            return List.of("");
        }
        return outermost(Stream.concat(prefixes.stream(), globs.stream().map(Glob::beginning)));
    }

    private static List<String> outermost(Stream<String> texts) {
        List<String> kept = new ArrayList<>();
        texts.sorted(KeyOrder.UTF_8)
                .filter(text -> kept.stream().noneMatch(text::startsWith))
                .forEach(kept::add);
        return kept;
    }

    /** Whether a text divides keys alike in the order of UTF-8 and in that of UTF-16, which some stores list in. */
    static boolean boundsWell(String text) {
        return text.chars().allMatch(unit -> unit < Character.MIN_SURROGATE);
    }
}
