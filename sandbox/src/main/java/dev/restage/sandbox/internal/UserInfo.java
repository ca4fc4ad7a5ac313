package dev.restage.sandbox.internal;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Who logs in by a URL.
 *
 * @param user decoded; empty if the URL names nobody
 * @param password decoded; empty if the URL has none
 */
public record UserInfo(String user, String password) {

    /** {@return what stands before the {@code @} of a URL; a plus is a plus there} */
    public static UserInfo of(URI url) {
        String both = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
        int colon = both.indexOf(':');
        return colon < 0
                ? new UserInfo(decoded(both), "")
                : new UserInfo(decoded(both.substring(0, colon)), decoded(both.substring(colon + 1)));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
