package dev.restage.postgres.internal.archive;

import dev.restage.postgres.internal.content.Entry;
import java.util.List;
import java.util.Set;

/**
 * Header and table of contents of an archive.
 *
 * @param header what it says about itself
 * @param encoding the encoding of its text, as PostgreSQL names it
 * @param entries everything listed, special entries too
 * @param end where the table of contents ends and data begins
 */
record Toc(Header header, String encoding, List<TocEntry> entries, long end) {

    static final String ENCODING = "ENCODING";
    static final String STDSTRINGS = "STDSTRINGS";
    static final String SEARCHPATH = "SEARCHPATH";
    static final String DATABASE = "DATABASE";

    private static final Set<String> SPECIAL =
            Set.of(ENCODING, STDSTRINGS, SEARCHPATH, DATABASE, "DATABASE PROPERTIES");

    private static final Set<String> ATTACHED = Set.of("ACL", "COMMENT", "SECURITY LABEL");

    Toc {
        entries = List.copyOf(entries);
    }

    /** Whether an entry sets up the session or the database itself, and is no object in it. */
    static boolean isSpecial(Entry entry) {
        return SPECIAL.contains(entry.kind())
                || (ATTACHED.contains(entry.kind()) && entry.tag().startsWith("DATABASE "));
    }

    List<TocEntry> withData() {
        return entries.stream().filter(TocEntry::hasData).toList();
    }

    boolean has(String kind) {
        return entries.stream().anyMatch(each -> each.entry().kind().equals(kind));
    }
}
