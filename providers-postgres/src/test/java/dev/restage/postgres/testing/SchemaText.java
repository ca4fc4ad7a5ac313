package dev.restage.postgres.testing;

import dev.restage.sandbox.server.PostgresDatabase;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code pg_dump -s} writes of a database, without what differs between two runs on equal databases. */
public final class SchemaText {

    // The lines with a random key came with the minor releases of August 2025.
    private static final Predicate<String> OF_THE_RUN =
            Pattern.compile("^(\\\\(un)?restrict |-- Dumped (from|by) )").asPredicate();

    private SchemaText() {}

    /** The schema without owners and privileges. */
    public static String of(PostgresDatabase database, int major) {
        return of(database, ClientPrograms.atLeast(major), "--no-owner", "--no-privileges");
    }

    /** The schema as given programs write it. */
    public static String of(PostgresDatabase database, ClientPrograms programs, String... options) {
        String[] all =
                Stream.concat(Stream.of("--schema-only"), Stream.of(options)).toArray(String[]::new);
        return programs.dump(database, all).lines().filter(OF_THE_RUN.negate()).collect(Collectors.joining("\n"));
    }
}
