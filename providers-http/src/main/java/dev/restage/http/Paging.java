package dev.restage.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a vendor continues a long list. */
@FunctionalInterface
public interface Paging {

    /**
     * {@return the request of the next page; empty after the last}
     *
     * @param request the request of this page
     * @param response this page
     */
    Optional<RestRequest> next(RestRequest request, RestResponse response);

    /** {@return continuation by the header {@code Link: <url>; rel="next"}} */
    static Paging byLink() {
        Pattern next = Pattern.compile("<([^>]*)>[^,]*;\\s*rel=\"?next\"?");
        return (request, response) -> response.header("link")
                .map(next::matcher)
                .filter(Matcher::find)
                .map(link -> request.with(link.group(1)));
    }
}
