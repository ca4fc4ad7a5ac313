package dev.restage.provider.app;

import dev.restage.provider.ProviderException;
import dev.restage.provider.Resource;

/** A web site as a visitor sees it. */
public interface WebSite extends Resource {

    /**
     * Asks for a page. Redirects are not followed.
     *
     * @param path an absolute path with its query, or an absolute URL of the same site
     * @return the answer, whatever its status
     * @throws ProviderException {@code UNAVAILABLE} if the site cannot be reached
     */
    WebPage get(String path);
}
