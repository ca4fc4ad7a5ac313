package dev.restage.sandbox.s3.internal.object;

import dev.restage.sandbox.s3.internal.access.Caller;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The conditions of a read, in its own headers or in those of a copy's source. */
public record Conditions(
        Optional<String> match,
        Optional<String> noneMatch,
        Optional<Instant> modifiedSince,
        Optional<Instant> unmodifiedSince) {

    public static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public static Conditions asked(Caller caller, String headerPrefix) {
        return new Conditions(
                caller.header(headerPrefix + "if-match").map(Conditions::unquoted),
                caller.header(headerPrefix + "if-none-match").map(Conditions::unquoted),
                caller.header(headerPrefix + "if-modified-since").flatMap(Conditions::date),
                caller.header(headerPrefix + "if-unmodified-since").flatMap(Conditions::date));
    }

    /** {@return the header whose condition does not hold; empty if all do} */
    public Optional<String> broken(StoredObject object) {
        if (match.isPresent() && !match.get().equals("*") && !match.get().equals(object.etag())) {
            return Optional.of("If-Match");
        }
        if (match.isEmpty()
                && unmodifiedSince
                        .filter(time -> object.modifiedAt().isAfter(time))
                        .isPresent()) {
            return Optional.of("If-Unmodified-Since");
        }
        if (noneMatch
                .filter(etag -> etag.equals("*") || etag.equals(object.etag()))
                .isPresent()) {
            return Optional.of("If-None-Match");
        }
        if (noneMatch.isEmpty()
                && modifiedSince
                        .filter(time -> !object.modifiedAt().isAfter(time))
                        .isPresent()) {
            return Optional.of("If-Modified-Since");
        }
        return Optional.empty();
    }

    public static String unquoted(String etag) {
        return etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(HTTP_DATE.parse(text)));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
