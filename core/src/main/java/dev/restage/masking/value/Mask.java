package dev.restage.masking.value;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a value. A pure function: the same value and key give the same result in every table and every run,
 * so joins still join, and different values give different results where the column is unique. A missing value stays
 * missing and an empty text stays empty; no mask is asked for these.
 *
 * <p>Masks other than {@link WholeMask}s work by element: on each element of an array, each value of an hstore, each
 * word of a tsvector and each string of a JSON value.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "mask")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WholeMask.Keep.class, name = "keep"),
    @JsonSubTypes.Type(value = WholeMask.Null.class, name = "null"),
    @JsonSubTypes.Type(value = WholeMask.Empty.class, name = "empty"),
    @JsonSubTypes.Type(value = WholeMask.Constant.class, name = "constant"),
    @JsonSubTypes.Type(value = WholeMask.Json.class, name = "json"),
    @JsonSubTypes.Type(value = WholeMask.Hstore.class, name = "hstore"),
    @JsonSubTypes.Type(value = PersonMask.Email.class, name = "email"),
    @JsonSubTypes.Type(value = PersonMask.Username.class, name = "username"),
    @JsonSubTypes.Type(value = PersonMask.FirstName.class, name = "first-name"),
    @JsonSubTypes.Type(value = PersonMask.LastName.class, name = "last-name"),
    @JsonSubTypes.Type(value = PersonMask.FullName.class, name = "full-name"),
    @JsonSubTypes.Type(value = PersonMask.Phone.class, name = "phone"),
    @JsonSubTypes.Type(value = PersonMask.Password.class, name = "password"),
    @JsonSubTypes.Type(value = PersonMask.KnownPassword.class, name = "known-password"),
    @JsonSubTypes.Type(value = PlaceMask.Street.class, name = "street"),
    @JsonSubTypes.Type(value = PlaceMask.City.class, name = "city"),
    @JsonSubTypes.Type(value = PlaceMask.Postcode.class, name = "postcode"),
    @JsonSubTypes.Type(value = PlaceMask.Country.class, name = "country"),
    @JsonSubTypes.Type(value = PlaceMask.Address.class, name = "address"),
    @JsonSubTypes.Type(value = ValueMask.Range.class, name = "range"),
    @JsonSubTypes.Type(value = ValueMask.Jitter.class, name = "jitter"),
    @JsonSubTypes.Type(value = ValueMask.Digits.class, name = "digits"),
    @JsonSubTypes.Type(value = ValueMask.DateShift.class, name = "date-shift"),
    @JsonSubTypes.Type(value = ValueMask.Uuid.class, name = "uuid"),
    @JsonSubTypes.Type(value = ValueMask.Ip.class, name = "ip"),
    @JsonSubTypes.Type(value = TextMask.Hash.class, name = "hash"),
    @JsonSubTypes.Type(value = TextMask.FreeText.class, name = "free-text"),
    @JsonSubTypes.Type(value = TextMask.Alike.class, name = "alike"),
    @JsonSubTypes.Type(value = TextMask.UnlessPublic.class, name = "unless-public"),
    @JsonSubTypes.Type(value = TextMask.Replace.class, name = "replace"),
    @JsonSubTypes.Type(value = TextMask.Link.class, name = "link"),
    @JsonSubTypes.Type(value = TextMask.FileName.class, name = "file-name"),
})
public sealed interface Mask permits WholeMask, PersonMask, PlaceMask, ValueMask, TextMask {

    /**
     * Replaces a value, or one element of a value that has many.
     *
     * @param value the value as text, not empty
     * @param target what the column takes
     * @param key makes the result the same in every table and run
     * @return the value to write instead; null for a missing one
     */
    @Nullable String apply(String value, MaskTarget target, MaskKey key);

    /**
     * Says why this mask cannot work on a column, before anything is copied.
     *
     * @param target what the column takes, or its elements take
     * @return the reason as the end of a sentence that begins with the mask; empty if it can work
     */
    Optional<String> problem(MaskTarget target);

    /** {@return the value holds no personal data, or is meant to stay} */
    static Mask keep() {
        return new WholeMask.Keep();
    }

    /** {@return the value goes missing} */
    static Mask toNull() {
        return new WholeMask.Null();
    }

    /** {@return an empty text, array, JSON object or array like the value} */
    static Mask empty() {
        return new WholeMask.Empty();
    }

    /**
     * {@return always the same value}
     *
     * @param text a value of the column's type, as the server writes it
     */
    static Mask constant(String text) {
        return new WholeMask.Constant(text);
    }

    /**
     * {@return filler text for strings in JSON}
     *
     * @param paths whose strings: names of members ({@code email}, {@code *_name}) or paths ({@code $.a.b[*].c}), each
     *     with all below; none for all strings
     */
    static Mask json(String... paths) {
        Stream<String> all = paths.length == 0 ? Stream.of("$") : Stream.of(paths);
        return new WholeMask.Json(
                all.map(path -> new WholeMask.Json.At(path, freeText())).toList());
    }

    /**
     * {@return an address such as {@code user-k3x9q2m4a7bc@example.com}}
     *
     * @param domain where the new addresses are; one that nobody can receive mail at
     * @param kept domains whose addresses stay as they are, such as the site's own staff
     */
    static PersonMask.Email email(String domain, String... kept) {
        return new PersonMask.Email(domain, List.of(kept));
    }

    /**
     * {@return a login name; one that is an address becomes a masked address}
     *
     * @param domain where the new addresses are
     */
    static Mask username(String domain) {
        return new PersonMask.Username(email(domain));
    }

    /** {@return an invented first name} */
    static Mask firstName() {
        return new PersonMask.FirstName();
    }

    /** {@return an invented last name} */
    static Mask lastName() {
        return new PersonMask.LastName();
    }

    /** {@return an invented first and last name} */
    static Mask fullName() {
        return new PersonMask.FullName();
    }

    /** {@return a number that no telephone has} */
    static Mask phone() {
        return new PersonMask.Phone();
    }

    /** {@return a password that nobody knows, and those who could not log in still cannot} */
    static Mask password() {
        return new PersonMask.Password();
    }

    /** {@return street, postcode, town and country} */
    static Mask address() {
        return new PlaceMask.Address();
    }

    /**
     * {@return a number of a range}
     *
     * @param from the least
     * @param to the greatest
     */
    static Mask range(long from, long to) {
        return new ValueMask.Range(BigDecimal.valueOf(from), BigDecimal.valueOf(to));
    }

    /** {@return another number with as many digits, different for different numbers} */
    static Mask digits() {
        return new ValueMask.Digits();
    }

    /**
     * {@return another day or moment, at most so many days away}
     *
     * @param days how many, at least 1
     */
    static Mask dateShift(int days) {
        return new ValueMask.DateShift(days);
    }

    /** {@return letters and digits that stand for the value} */
    static Mask hash() {
        return new TextMask.Hash();
    }

    /** {@return filler text about as long as the value} */
    static Mask freeText() {
        return new TextMask.FreeText();
    }
}
