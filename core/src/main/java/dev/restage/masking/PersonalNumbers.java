package dev.restage.masking;

import dev.restage.masking.text.Phones;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.masking.value.ValueMask;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Tells columns of numbers and dates that hold people: by their names, and by what is seen in them. A type alone tells
 * nothing, as nearly all numbers of a database are nobody's.
 *
 * @param mask what works on such values
 * @param what what the values are, for those who read a policy or a problem
 */
record PersonalNumbers(Mask mask, String what) {

    /** So much of a sample has to look alike, for days. */
    private static final double MOST = 0.6;

    /** So many telephone numbers among other numbers are no chance, as other numbers are hardly as long. */
    private static final double SOME = 0.1;

    /** Fewer values that look like something do so by chance. */
    private static final int FEWEST_VALUES = 3;

    /** Fewer digits make neither a telephone number nor an id that somebody is known by. */
    private static final int FEWEST_DIGITS = 5;

    /** Nobody younger has an account. */
    private static final int YOUNGEST = 12;

    private static final int OLDEST = 120;

    private static final int SHIFT_DAYS = 365;

    private static final Pattern PHONE = named(
            ".*(?:phone|telefon|mobile|msisdn|whatsapp|telefax).*|(?:tel|fax|cell|gsm)(?:_?(?:no|num|nr|number|digits|\\d))?"
                    + "|.*_(?:tel|fax|cell)(?:_?(?:no|num|nr|number))?");
    private static final Pattern BIRTH = named(".*birth_?(?:day|date|year|month|_on|_at).*|birth|(?:.*_)?dob(?:_.*)?"
            + "|(?:date|day|year|month)_of_birth|yob|born(?:_(?:on|at|in))?|geburts(?:datum|tag|jahr)");
    private static final Pattern ID = named(
            ".*(?:ssn|social_?security|national_?(?:id|insurance|no|number)|passport|iban|tax_?(?:id|no|number)|nhs_?(?:no|number)"
                    + "|personal_?(?:id|no|nr|number|code)|personnel_?(?:id|no|nr|number)"
                    + "|(?:customer|client|member|membership|employee|patient|student|insurance|policy|licen[cs]e|account|card|staff)"
                    + "_?(?:no|num|nr|number)|imei|imsi).*"
                    + "|(?:.*_)?(?:crm|erp|sap|salesforce|hubspot|facebook|google|twitter|github|linkedin|telegram|instagram|vk|wechat"
                    + "|mailchimp|stripe|legacy|external|foreign)_?(?:user|customer|person|contact|member|account)?_?(?:id|no|number)"
                    + "|pesel|cpf|nif|nie|bsn|egn|cnp|inn|snils");
    private static final Pattern POSTCODE = named("(?:.*_)?(?:zip|zip_?code|post_?code|postal_?code|plz)");

    /** Names of what counts, measures and orders, whatever its size; keys of other tables have no names of people either. */
    private static final Pattern NOBODYS = named(
            "id|pk|.*_(?:id|pk)|.*(?:time|stamp|epoch|_at|_on|_ms|_ns|date|bytes|size|count|total|amount"
                    + "|price|cents|sum|balance|hash|version|seq|order|offset|position|width|height|duration|oid|xid|lsn|barcode|ean|gtin|isbn|sku).*");

    /**
     * Finds out what a column holds.
     *
     * @param table its table
     * @param values asked for only where they matter; empty if there are none to see
     */
    static Optional<PersonalNumbers> of(TableShape table, TableShape.Column column, Supplier<List<String>> values) {
        Shape shape = Objects.requireNonNullElse(column.target().element(), column.target())
                .shape();
        boolean refers = table.references().stream().anyMatch(each -> each.uses(column.name()));
        return switch (shape) {
            case INTEGER, NUMBER -> refers ? Optional.empty() : number(column.name(), values);
            case DATE, TIMESTAMP ->
                BIRTH.matcher(column.name()).matches()
                        ? Optional.of(new PersonalNumbers(Mask.dateShift(SHIFT_DAYS), "dates of birth"))
                        : Optional.empty();
            case OTHER -> other(column, values);
            default -> Optional.empty();
        };
    }

    /** Of a type that no mask can imitate. */
    private static Optional<PersonalNumbers> other(TableShape.Column column, Supplier<List<String>> values) {
        String name = column.name();
        if (BIRTH.matcher(name).matches()) {
            return Optional.of(removed("dates of birth"));
        }
        boolean counts = NOBODYS.matcher(name).matches();
        if (PHONE.matcher(name).matches() && !counts) {
            return Optional.of(removed("telephone numbers"));
        }
        if (ID.matcher(name).matches()) {
            return Optional.of(removed("ids by which people are known elsewhere"));
        }
        return !counts && hasPhones(numbers(values.get()))
                ? Optional.of(removed("numbers that look like telephone numbers"))
                : Optional.empty();
    }

    private static PersonalNumbers removed(String what) {
        return new PersonalNumbers(Mask.toNull(), what + ", in a type that is masked by null or a constant,");
    }

    /** Of a type that holds numbers. */
    static Optional<PersonalNumbers> number(String name, Supplier<List<String>> values) {
        if (BIRTH.matcher(name).matches()) {
            return Optional.of(new PersonalNumbers(birth(numbers(values.get())), "dates of birth"));
        }
        if (PHONE.matcher(name).matches()) {
            return named("telephone numbers", numbers(values.get()));
        }
        if (ID.matcher(name).matches()) {
            return named("ids by which people are known elsewhere", numbers(values.get()));
        }
        if (POSTCODE.matcher(name).matches()) {
            return named("postcodes", numbers(values.get()));
        }
        if (NOBODYS.matcher(name).matches()) {
            return Optional.empty();
        }
        List<String> seen = numbers(values.get());
        if (hasPhones(seen)) {
            return Optional.of(new PersonalNumbers(Mask.digits(), "numbers that look like telephone numbers"));
        }
        return seen.size() >= FEWEST_VALUES && most(seen, PersonalNumbers::isBirth)
                ? Optional.of(new PersonalNumbers(Mask.dateShift(SHIFT_DAYS), "numbers that look like dates of birth"))
                : Optional.empty();
    }

    private static List<String> numbers(List<String> values) {
        return values.stream()
                .flatMap(value -> WrittenNumbers.in(value).stream())
                .toList();
    }

    private static boolean hasPhones(List<String> numbers) {
        return numbers.size() >= FEWEST_VALUES
                && numbers.stream().filter(PersonalNumbers::isPhone).count() >= SOME * numbers.size();
    }

    /** By name; a flag or a counter of that name has small values. */
    private static Optional<PersonalNumbers> named(String what, List<String> values) {
        boolean small = !values.isEmpty()
                && values.stream()
                        .allMatch(value -> value.replaceFirst("[eE].*", "")
                                        .replaceAll("\\D", "")
                                        .length()
                                < FEWEST_DIGITS);
        return small ? Optional.empty() : Optional.of(new PersonalNumbers(Mask.digits(), what));
    }

    private static Mask birth(List<String> values) {
        if (most(values, value -> ValueMask.DateShift.day(value).isPresent())) {
            return Mask.dateShift(SHIFT_DAYS);
        }
        int year = LocalDate.now(ZoneOffset.UTC).getYear();
        boolean years = most(values, value -> value.matches("(?:19|20)\\d\\d"));
        return years ? Mask.range(year - OLDEST / 2L, year - YOUNGEST) : Mask.digits();
    }

    /** Ten digits or more, with the country's. */
    private static boolean isPhone(String value) {
        String digits = value.replaceFirst("\\.0*$", "");
        if (!digits.matches("[1-9]\\d{9,14}")) {
            return false;
        }
        return !Phones.isMoment(digits, 0, digits.length());
    }

    private static boolean isBirth(String value) {
        int year = LocalDate.now(ZoneOffset.UTC).getYear();
        return ValueMask.DateShift.day(value)
                .filter(day -> day.getYear() > year - OLDEST && day.getYear() < year - YOUNGEST)
                .isPresent();
    }

    private static boolean most(List<String> values, Predicate<String> test) {
        return !values.isEmpty() && values.stream().filter(test).count() >= MOST * values.size();
    }

    private static Pattern named(String pattern) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    }
}
