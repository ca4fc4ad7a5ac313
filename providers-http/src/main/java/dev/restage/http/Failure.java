package dev.restage.http;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a vendor's refusal: what kind it is, how long to wait, and what to tell people. */
final class Failure {

    private static final List<String> REQUEST_IDS =
            List.of("x-github-request-id", "request-id", "x-request-id", "cf-ray");
    private static final List<String> NEEDED_RIGHTS =
            List.of("x-accepted-github-permissions", "x-accepted-oauth-scopes", "oauth-scope-accepted");
    private static final Map<Kind, String> ADVICE = Map.of(
            Kind.DENIED, "check that the credential is valid and may do this",
            Kind.NOT_FOUND, "check the name, and that the credential may see it",
            Kind.CONFLICT, "see what state it is in, then run again",
            Kind.THROTTLED, "wait a while, then run again",
            Kind.UNAVAILABLE, "run again when the service is well",
            Kind.FAILED, "the call itself is not accepted, so running again does not help");

    private Failure() {}

    static Kind kindOf(RestResponse response) {
        return switch (response.status()) {
            case 401 -> Kind.DENIED;
            case 403 -> isLimit(response) ? Kind.THROTTLED : Kind.DENIED;
            case 404, 410 -> Kind.NOT_FOUND;
            case 409, 422 -> Kind.CONFLICT;
            case 429 -> Kind.THROTTLED;
            case 408 -> Kind.UNAVAILABLE;
            default -> response.status() >= 500 ? Kind.UNAVAILABLE : Kind.FAILED;
        };
    }

    /** GitHub limits with 403 too; a missing right has none of these marks. */
    private static boolean isLimit(RestResponse response) {
        String message = response.body().toLowerCase(Locale.ROOT);
        return response.header("retry-after").isPresent()
                || response.header("x-ratelimit-remaining").filter("0"::equals).isPresent()
                || message.contains("rate limit")
                || message.contains("abuse detection");
    }

    /** How long the vendor asks to wait, if it does. */
    static Optional<Duration> askedPause(RestResponse response, Instant now) {
        Optional<String> after = response.header("retry-after");
        if (after.isPresent()) {
            return after.flatMap(value -> seconds(value)
                    .or(() -> httpDate(value).map(date -> Duration.between(now, date)))
                    .map(Failure::notNegative));
        }
        return response.header("x-ratelimit-remaining")
                .filter("0"::equals)
                .flatMap(none -> response.header("x-ratelimit-reset"))
                .flatMap(Failure::seconds)
                .map(reset -> notNegative(Duration.between(now, Instant.ofEpochSecond(reset.toSeconds()))));
    }

    private static Optional<Duration> seconds(String value) {
        return value.matches("\\d{1,12}") ? Optional.of(Duration.ofSeconds(Long.parseLong(value))) : Optional.empty();
    }

    private static Optional<Instant> httpDate(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    static ProviderException answered(
            String name, RestRequest request, RestResponse response, Kind kind, Credential credential) {
        String vendor = Redaction.text(messageOf(response), credential.secrets());
        String rights = kind != Kind.DENIED
                ? ""
                : first(response, NEEDED_RIGHTS)
                        .map(needed -> " (it needs: " + needed + ")")
                        .orElse("");
        String id = first(response, REQUEST_IDS)
                .map(found -> " [request " + found + "]")
                .orElse("");
        String message = "%s answered %d to %s%s; %s%s%s"
                .formatted(
                        name,
                        response.status(),
                        request,
                        vendor.isEmpty() ? "" : ": " + vendor,
                        ADVICE.getOrDefault(kind, ""),
                        rights,
                        id);
        boolean nothingDone = request.method().equals("GET") || response.status() < 500;
        return new ProviderException(kind, message, nothingDone ? Effect.NONE : Effect.UNKNOWN, null);
    }

    static ProviderException unreachable(String name, RestRequest request, String host, IOException cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ProviderException(
                Kind.UNAVAILABLE,
                "%s gave no answer to %s: %s; check that %s can be reached from here, then run again"
                        .formatted(name, request, Redaction.text(reason, List.of()), host),
                request.method().equals("GET") ? Effect.NONE : Effect.UNKNOWN,
                cause);
    }

    private static Optional<String> first(RestResponse response, List<String> names) {
        return names.stream()
                .flatMap(name -> response.header(name).stream())
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /** The vendor's own words: a member {@code message}, a list {@code errors}, or the bare text. */
    private static String messageOf(RestResponse response) {
        Json body = response.json();
        if (!body.isObject()) {
            return body.find().orElse(response.body());
        }
        Stream<String> general =
                Stream.of("message", "error_description", "error").map(body::text);
        Stream<String> single = body.at("errors").stream().map(Failure::oneError);
        return Stream.concat(general, single)
                .filter(part -> !part.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String oneError(Json error) {
        if (!error.isObject()) {
            return error.text();
        }
        String place = Stream.of("resource", "field", "code")
                .map(error::text)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        String message = error.text("message");
        return place.isEmpty() || message.isEmpty() ? place + message : message + " (" + place + ")";
    }
}
