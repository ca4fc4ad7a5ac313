package dev.restage.postgres.property;

import dev.restage.masking.text.PersonalText;
import dev.restage.postgres.PostgresDatabase;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.database.DatabaseTexts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All that a superuser can read in a database, in every catalog and in every spelling. */
final class WholeDatabase {

    private final Set<String> needles;
    private final Set<String> found = new TreeSet<>();

    private WholeDatabase(Set<String> needles) {
        this.needles = needles;
    }

    /** The places where somebody can be read. */
    static Set<String> search(PostgresDatabase database, Connection superuser, Collection<PlantedPerson> people)
            throws SQLException {
        Set<String> needles = new TreeSet<>();
        people.forEach(person -> needles.addAll(person.spellings()));
        WholeDatabase whole = new WholeDatabase(needles);
        database.texts(new DatabaseTexts() {
            @Override
            public void definition(String object, String text) {
                whole.look(object, object + " " + text);
            }

            @Override
            public void statistics(String schema, String table, String column, String value) {
                whole.look("statistics of " + table + "." + column, value);
            }
        });
        Query query = new Query(superuser);
        List<String> relations = query.list(
                "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'm') AND NOT relisshared"
                        + " AND relnamespace <> 'information_schema'::regnamespace ORDER BY 1",
                row -> row.getString(1));
        for (String relation : relations) {
            query.list("SELECT t::text FROM ONLY %s t".formatted(relation), row -> row.getString(1))
                    .forEach(row -> whole.look(relation, row));
        }
        query.list("SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences", row -> {
            whole.look(row.getString(1), String.valueOf(row.getString(2)));
            return "";
        });
        return whole.found;
    }

    private void look(String place, String text) {
        String folded = PersonalText.folded(text);
        for (String needle : needles) {
            if (folded.contains(needle)) {
                found.add(place + " ("
                        + (needle.contains("@") ? "address" : needle.matches(".*\\d{5}.*") ? "number" : "name") + ")");
                return;
            }
        }
    }
}
