package dev.restage.postgres.internal.schema;

import dev.restage.masking.TableShape;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tables whose checks, or those of domains in them, would read from elsewhere or write there when they are tried. Leave to carry them
 * does not make it safe to run them in the source.
 */
public final class FetchingTables {

    private static final String TABLE = "TABLE";
    private static final String CAST = "CAST";

    private final Fetching fetching;
    private final Map<String, Fetching.Way> tables = new HashMap<>();
    private final boolean casts;

    private FetchingTables(Contents contents) {
        fetching = new Fetching(contents.entries());
        boolean found = false;
        for (Entry entry : contents.entries()) {
            Fetching.Way way = fetching.of(entry).orElse(null);
            if (way != null && entry.kind().equals(TABLE)) {
                tables.put(entry.schema() + "." + entry.tag(), way);
            }
            found |= way != null && entry.kind().equals(CAST);
        }
        casts = found;
    }

    /** Looks at all that a database has, carried or not. */
    public static FetchingTables of(Contents contents) {
        return new FetchingTables(contents);
    }

    /** Whether no check of a table may be tried, as values of its columns would be made for that. */
    public boolean has(TableShape table) {
        Fetching.Way way = tables.get(table.qualifiedName());
        return casts
                || (way != null && way.certain())
                || table.checks().stream()
                        .anyMatch(check -> fetching.runBy(check).isPresent() || (way != null && callsOthers(check)));
    }

    /** Whether it calls what does not belong to the server; names of others are qualified in it. */
    private static boolean callsOthers(String check) {
        AtomicBoolean found = new AtomicBoolean();
        Words.read(check, (schema, name, called, quoted) -> {
            if (called && !schema.isEmpty()) {
                found.set(true);
            }
        });
        return found.get();
    }
}
