package dev.restage.postgres.internal.arrange;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.sql.QualifiedName;
import dev.restage.postgres.internal.sql.SqlCursor;
import dev.restage.postgres.internal.sql.SqlToken;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The functions that contents bring themselves, and where expressions call them. */
final class Routines {

    private final Map<String, List<Entry>> byName;
    private final Map<Entry, QualifiedName> names = new HashMap<>();

    Routines(Contents contents) {
        List<Entry> functions =
                contents.entries().stream().filter(Routines::isFunction).toList();
        functions.forEach(function -> name(function).ifPresent(name -> names.put(function, name)));
        this.byName = functions.stream()
                .filter(names::containsKey)
                .collect(Collectors.groupingBy(
                        function -> Objects.requireNonNull(names.get(function)).name()));
    }

    static boolean isFunction(Entry entry) {
        return entry.kind().equals("FUNCTION");
    }

    /** The functions that an expression calls by their names. */
    Set<Entry> calledBy(String sql) {
        Set<Entry> called = new LinkedHashSet<>();
        SqlCursor cursor = new SqlCursor(sql);
        while (!cursor.atEnd()) {
            SqlToken token = cursor.next();
            if (token.isName() && cursor.sees("(")) {
                called.addAll(byName.getOrDefault(token.text(), List.of()));
            }
        }
        return called;
    }

    private static Optional<QualifiedName> name(Entry function) {
        SqlCursor cursor = new SqlCursor(String.valueOf(function.drop()));
        return cursor.take("drop", "function") ? Optional.of(cursor.name("")) : Optional.empty();
    }
}
