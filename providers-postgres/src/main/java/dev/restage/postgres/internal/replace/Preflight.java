package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.arrange.ServerParts;
import dev.restage.postgres.internal.catalog.BuiltIns;
import dev.restage.postgres.internal.catalog.Requirements;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.LeftBehind;
import dev.restage.postgres.internal.copy.LiveSource;
import dev.restage.postgres.internal.session.Blockers;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.ServerErrors;
import dev.restage.postgres.internal.session.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks whether contents can be brought into a target, before anything there is touched. */
final class Preflight {

    private final Sessions target;

    Preflight(Sessions target) {
        this.target = target;
    }

    /**
     * What stands against it, a sentence each.
     *
     * @param encoding that of the source's database, if it is known
     */
    List<String> problems(Contents contents, Optional<String> encoding) throws SQLException {
        List<String> problems = new ArrayList<>();
        try (Connection connection = target.source()) {
            connection.setAutoCommit(false);
            String inPublic =
                    String.valueOf(contents.entries().stream().anyMatch(entry -> "public".equals(entry.schema())));
            new Query(connection)
                    .list(
                            Query.text(Preflight.class, "rights.sql").replace("{public}", inPublic),
                            row -> row.getString(1))
                    .forEach(problem -> problems.add("%s %s".formatted(target.database(), problem)));
            problems.addAll(Extensions.of(connection)
                    .problems(contents, target.database().toString()));
            problems.addAll(ServerParts.of(connection)
                    .problems(contents, encoding, target.database().toString()));
            problems.addAll(Requirements.problems(
                    contents, connection, target.database().toString()));
        }
        return problems;
    }

    /** What stands against leaving something behind, a sentence each. */
    List<String> problems(LeftBehind left) throws SQLException {
        Set<String> there = left.isNeeded() ? hosted() : Set.of();
        return left.problems(there, target.database().toString());
    }

    private Set<String> hosted() throws SQLException {
        try (Connection connection = target.source()) {
            connection.setAutoCommit(false);
            return Emptying.of(connection).hosted();
        }
    }

    /** What a default takes the place of, a sentence each. */
    List<String> notes(Contents contents) throws SQLException {
        try (Connection connection = target.source()) {
            return ServerParts.of(connection).notes(contents, target.database().toString());
        }
    }

    /** What the source uses of its server, and the target's lacks, a sentence each. */
    List<String> missing(LiveSource source) throws SQLException {
        try (Connection connection = target.source()) {
            return BuiltIns.missing(
                    source.session(), connection, target.database().toString());
        }
    }

    /** What would be in the way in place: sessions with locks, and what belongs to others and cannot be dropped. */
    List<String> immovable(Contents contents) throws SQLException {
        try (Connection connection = target.source()) {
            connection.setAutoCommit(false);
            return immovable(contents, Emptying.of(connection));
        } catch (SQLException e) {
            if (!ServerErrors.isLockTimeout(e)) {
                throw e;
            }
            return List.of("%s cannot be emptied: %s"
                    .formatted(target.database(), Blockers.of(target, Blockers.Use.CHANGING)));
        }
    }

    /** What belongs to others and would be in the way of contents. */
    List<String> immovable(Contents contents, Emptying emptying) {
        Set<String> wanted = contents.entries().stream().map(Preflight::place).collect(Collectors.toSet());
        return emptying.foreign().stream()
                .filter(entry -> wanted.contains(place(entry)))
                .map(entry -> "%s in %s belongs to %s and would be in the way: have it dropped or given to %s"
                        .formatted(
                                entry.name(),
                                target.database(),
                                entry.owner(),
                                target.database().user()))
                .toList();
    }

    private static String place(Entry entry) {
        return "%s %s.%s".formatted(entry.kind(), entry.schema(), entry.tag());
    }
}
