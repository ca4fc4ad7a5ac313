package dev.restage.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of a REST interface.
 *
 * @param status the HTTP status
 * @param headers the headers, names in lower case, several values joined by a comma
 * @param body the body as text; may be empty, or HTML of a machine on the way
 */
public record RestResponse(int status, Map<String, String> headers, String body) {

    /**
     * Copies the headers.
     *
     * @param status the HTTP status
     * @param headers the headers, names in lower case
     * @param body the body as text
     */
    public RestResponse {
        headers = Map.copyOf(headers);
    }

    /** {@return the body read as JSON; missing if it is empty or something else} */
    public Json json() {
        return Json.parse(body);
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
