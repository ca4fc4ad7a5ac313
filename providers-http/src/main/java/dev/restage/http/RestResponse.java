package dev.restage.http;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of a REST interface.
 *
 * @param from who answers, as messages call it
 * @param request what it answers
 * @param status the HTTP status
 * @param headers the headers, names in lower case, several values joined by a comma
 * @param body the body as text; may be empty, or HTML of a machine on the way
 */
public record RestResponse(String from, RestRequest request, int status, Map<String, String> headers, String body) {

    /**
     * Copies the headers.
     *
     * @param from who answers
     * @param request what it answers
     * @param status the HTTP status
     * @param headers the headers, names in lower case
     * @param body the body as text
     */
    public RestResponse {
        headers = Map.copyOf(headers);
    }

    /**
     * {@return the body read as JSON; missing if it is empty, or if the status is no success and it is something else}
     *
     * @throws ProviderException {@code UNAVAILABLE} if a success is something else: then not the service has answered, or not
     *     all of the answer has arrived, and nothing may be concluded from it
     */
    public Json json() {
        Json read = Json.parse(body, this);
        if (ok() && !body.isBlank() && read.isNothing()) {
            throw notUnderstood("is not JSON");
        }
        return read;
    }

    /**
     * {@return the body, which must be a JSON object}
     *
     * @throws ProviderException {@code UNAVAILABLE} if it is not
     */
    public Json object() {
        Json read = json();
        if (!read.isObject()) {
            throw notUnderstood("is not the object that was asked for");
        }
        return read;
    }

    /**
     * Says that nothing can be concluded from the answer.
     *
     * @param why what is wrong with it, as in "is not JSON"
     * @return the exception; it does not quote the answer
     */
    public ProviderException notUnderstood(String why) {
        boolean page = body.stripLeading().startsWith("<");
        return new ProviderException(
                Kind.UNAVAILABLE,
                "the answer of %s (%d) to %s %s%s, so nothing is concluded from it; look what is between here and there, such as a proxy or a login page, then run again"
                        .formatted(from, status, request, why, page ? " but a web page" : ""),
                request.method().equals("GET") ? Effect.NONE : Effect.UNKNOWN,
                null);
    }

    /**
     * Looks a header up.
     *
     * @param name the header, in any case
     * @return its value
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** {@return whether the status is of the 200s} */
    public boolean ok() {
        return status / 100 == 2;
    }

    /** Shows the status; bodies can hold secrets. */
    @Override
    public String toString() {
        return "RestResponse[" + status + "]";
    }
}
