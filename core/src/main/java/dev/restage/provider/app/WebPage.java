package dev.restage.provider.app;

import java.net.URI;
import java.util.Map;

/**
 * An answer of a web site.
 *
 * @param url the URL that was asked
 * @param status the status of the answer: 200 for a page that is there
 * @param headers the headers, names in lower case, several values joined by a comma
 * @param body the body as text, at most the first 4 MiB
 */
public record WebPage(URI url, int status, Map<String, String> headers, String body) {

    /**
     * Copies the headers.
     *
     * @param url the URL that was asked
     * @param status the status of the answer: 200 for a page that is there
     * @param headers the headers, names in lower case
     * @param body the body as text
     */
    public WebPage {
        headers = Map.copyOf(headers);
    }
}
