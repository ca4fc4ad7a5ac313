package dev.restage.step.media;

import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.media.FileCleaner;
import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.MediaFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Media files that are cleaned of what they say about people on their way.
 *
 * @param cleaner who cleans them, such as {@code cleaner:files}
 * @param rules what is removed
 * @param replaced files that become placeholders because of what a database says of them
 */
public record CleanFiles(Address cleaner, FileRules rules, List<KeyQuery> replaced) {

    /** The cleaner of the module {@code restage-files}. */
    public static final Address FILES = Address.of("cleaner:files");

    /**
     * Copies the list.
     *
     * @param cleaner who cleans them
     * @param rules what is removed
     * @param replaced files that become placeholders because of what a database says of them
     */
    public CleanFiles {
        replaced = List.copyOf(replaced);
    }

    /**
     * Cleans by {@link #FILES}, and replaces what the rules say.
     *
     * @param rules what is removed
     */
    public CleanFiles(FileRules rules) {
        this(FILES, rules, List.of());
    }

    MediaFilter filter(StepContext context) {
        Set<String> keys = new HashSet<>();
        replaced.forEach(query -> keys.addAll(query.keys(context)));
        return context.use(cleaner, FileCleaner.class).filter(rules, keys);
    }

    Address[] reads() {
        return Stream.concat(Stream.of(cleaner), replaced.stream().map(KeyQuery::database))
                .distinct()
                .toArray(Address[]::new);
    }
}
