package dev.restage.postgres.internal.mask;

import dev.restage.masking.ResolvedPolicy;
import dev.restage.masking.TableMasking;
import dev.restage.masking.TableShape;
import dev.restage.masking.text.PersonalText;
import dev.restage.masking.text.Phones;
import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.masking.value.PersonMask;
import dev.restage.masking.value.ValueMask;
import dev.restage.postgres.internal.session.Encodings;
import dev.restage.postgres.internal.session.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Asks a live source which people of masked columns could be meant by words and numbers. The server compares; only those
 * whose first and last words are among them come here, however large the tables are.
 */
public final class MaskedPeople {

    /** So many of a column say enough. */
    private static final int MOST = 1000;

    /** So many columns are looked into by one statement. */
    private static final int COLUMNS_PER_QUERY = 100;

    /** What {@link PersonalText} splits at and every encoding has; no text holds NUL. */
    private static final String GAPS =
            String.join("", range('\u0001', '\u007f', letter -> !Character.isLetterOrDigit(letter.charAt(0))));

    private static final String BLANKS = " ".repeat(GAPS.length());

    private static final String WIDE_SPACE = "\u3000";

    private static final String QUOTES = "\u2018\u2019\u201c\u201d";

    /** Accents that stand for themselves. */
    private static final List<String> MARKS = Stream.of(
                    range('\u0300', '\u036f', MaskedPeople::isMark),
                    range('\u0483', '\u0487', MaskedPeople::isMark),
                    range('\u302a', '\u302d', MaskedPeople::isMark))
            .flatMap(List::stream)
            .toList();

    /** Spaces and punctuation beyond ASCII, as editors put them in. */
    private static final List<String> WIDE_GAPS = Stream.of(
                    range('\u0080', '\u00bf', MaskedPeople::isGap),
                    range('\u2000', '\u206f', MaskedPeople::isGap),
                    range('\u3000', '\u303f', MaskedPeople::isGap))
            .flatMap(List::stream)
            .toList();

    /**
     * Those that {@link PersonalText#folded} makes others of, one of each. Capitals of Greek and Cyrillic are among them, as a
     * server knows small letters of ASCII only under the locale C.
     */
    private static final List<String> LETTERS = Stream.of(
                    range('\u00c0', '\u024f', MaskedPeople::isFolded),
                    range('\u0370', '\u04ff', MaskedPeople::isFolded))
            .flatMap(List::stream)
            .toList();

    private static final String BY_WORDS = "(SELECT %1$d AS place, v FROM (SELECT v, btrim(CASE WHEN %9$s"
            + " THEN translate(lower(v COLLATE \"default\"), %2$s, %3$s) ELSE translate(lower(v COLLATE \"default\"), %4$s, %5$s) END) AS t"
            + " FROM (SELECT (%6$s)::text AS v FROM %7$s) AS r) AS s"
            + " WHERE split_part(t, ' ', 1) IN (SELECT w FROM words)"
            + " AND substring(t FROM '[^ ]+$') IN (SELECT w FROM words) GROUP BY v LIMIT %8$d)";

    /** From the last digit on, as {@link Phones#telling} goes. */
    private static final String BY_DIGITS = "(SELECT %1$d AS place, v FROM (SELECT (%2$s)::text AS v FROM %3$s) AS r"
            + " WHERE left(reverse(regexp_replace(v, '[^0-9]', '', 'g')), %4$d) IN (SELECT w FROM words) GROUP BY v LIMIT %5$d)";

    private final List<Place> places;
    private final String gaps;
    private final String letters;
    private final String marks;

    /** Only what has other letters than those of ASCII is worth the look at each of these; where one byte is one letter, all is. */
    private final String accented;

    /**
     * A person.
     *
     * @param place the column, with its table
     * @param mask what becomes of the value; that of whole names, if it was put together of two columns
     * @param value as the source has it
     */
    public record Person(String place, ColumnMask mask, String value) {}

    private record Place(TableShape table, String name, ColumnMask mask, String expression) {}

    private MaskedPeople(List<Place> places, Predicate<String> writable) {
        this.places = places;
        this.gaps = GAPS + WIDE_GAPS.stream().filter(agreed(writable)).collect(Collectors.joining());
        this.letters = LETTERS.stream().filter(writable).collect(Collectors.joining());
        this.marks = MARKS.stream().filter(writable).collect(Collectors.joining());
        this.accented = letters.length() == LETTERS.size() ? "octet_length(v) > char_length(v)" : "true";
    }

    /**
     * Those who could be meant.
     *
     * @param words in small letters without accents, with those digits by which {@link Phones#telling} knows numbers
     */
    public static List<Person> meantBy(Collection<String> words, Query source, ResolvedPolicy policy)
            throws SQLException {
        ReadableTables readable = ReadableTables.of(source);
        List<Place> places = policy.tables().stream()
                .filter(readable::shows)
                .flatMap(masking -> places(masking).stream())
                .toList();
        Predicate<String> writable = Encodings.writable(source);
        return new MaskedPeople(places, writable)
                .ask(source, words.stream().filter(writable).toList());
    }

    private List<Person> ask(Query source, Collection<String> words) throws SQLException {
        List<Person> people = new ArrayList<>();
        String known = words.stream().map(Query::literal).collect(Collectors.joining(","));
        for (int from = 0; from < places.size() && !words.isEmpty(); from += COLUMNS_PER_QUERY) {
            String query = Stream.iterate(from, i -> i + 1)
                    .limit(Math.min(COLUMNS_PER_QUERY, places.size() - from))
                    .map(i -> select(i, places.get(i)))
                    .collect(Collectors.joining(
                            " UNION ALL ",
                            "WITH words(w) AS MATERIALIZED (SELECT unnest(ARRAY[%s]::text[])) ".formatted(known),
                            ""));
            people.addAll(source.list(query, row -> {
                Place place = places.get(row.getInt(1));
                return new Person(place.name(), place.mask(), row.getString(2));
            }));
        }
        return people;
    }

    private String select(int number, Place place) {
        String table = Query.quoted(place.table().schema()) + "."
                + Query.quoted(place.table().name());
        return isNumber(place.mask().mask())
                ? BY_DIGITS.formatted(number, place.expression(), table, Phones.TELLING, MOST)
                : BY_WORDS.formatted(
                        number,
                        Query.literal(gaps + letters + marks),
                        Query.literal(" ".repeat(gaps.length()) + PersonalText.folded(letters)),
                        Query.literal(GAPS),
                        Query.literal(BLANKS),
                        place.expression(),
                        table,
                        MOST,
                        accented);
    }

    private static boolean isNumber(Mask mask) {
        return mask instanceof PersonMask.Phone || mask instanceof ValueMask.Digits;
    }

    private static List<Place> places(TableMasking masking) {
        TableShape table = masking.table();
        List<Place> places = new ArrayList<>();
        List<String> first = new ArrayList<>();
        List<String> last = new ArrayList<>();
        for (TableShape.Column column : table.columns()) {
            ColumnMask columnMask = masking.column(column.name()).orElse(null);
            Shape shape = column.target().shape();
            if (columnMask == null || column.generated() != null) {
                continue;
            }
            Mask mask = columnMask.mask();
            if (mask instanceof PersonMask.FirstName && shape.isText()) {
                first.add(column.name());
            } else if (mask instanceof PersonMask.LastName && shape.isText()) {
                last.add(column.name());
            } else if ((isNumber(mask)
                            && (shape.isText()
                                    || Set.of(Shape.INTEGER, Shape.NUMBER).contains(shape)))
                    || (isKnownByWords(mask) && shape.isText())) {
                places.add(new Place(
                        table, table.qualifiedName() + "." + column.name(), columnMask, Query.quoted(column.name())));
            }
        }
        for (String one : first) {
            for (String other : last) {
                places.add(new Place(
                        table,
                        "%s.%s with %s".formatted(table.qualifiedName(), one, other),
                        new ColumnMask(Mask.fullName(), MaskTarget.TEXT),
                        "%s::text || ' ' || %s::text".formatted(Query.quoted(one), Query.quoted(other))));
            }
        }
        return places;
    }

    private static boolean isKnownByWords(Mask mask) {
        return mask instanceof PersonMask.FullName
                || mask instanceof PersonMask.Username
                || mask instanceof PersonMask.Email;
    }

    /** What Java and the server take for the same character: of symbols in encodings of several bytes they do not agree. */
    private static Predicate<String> agreed(Predicate<String> writable) {
        if (LETTERS.stream().allMatch(writable)) {
            return writable;
        }
        return writable.test(WIDE_SPACE)
                ? gap -> (WIDE_SPACE + QUOTES).contains(gap) && writable.test(gap)
                : gap -> gap.charAt(0) >= '\u00a0' && writable.test(gap);
    }

    private static boolean isFolded(String letter) {
        String folded = PersonalText.folded(letter);
        return folded.length() == 1 && !folded.equals(letter);
    }

    private static boolean isMark(String letter) {
        return PersonalText.folded(letter).isEmpty();
    }

    private static boolean isGap(String letter) {
        return !isMark(letter) && !Character.isLetterOrDigit(letter.charAt(0));
    }

    private static List<String> range(char from, char to, Predicate<String> wanted) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(Character::toString)
                .filter(wanted)
                .toList();
    }
}
