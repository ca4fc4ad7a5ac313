package dev.restage.trial;

import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.app.WebPage;
import dev.restage.provider.app.WebSite;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A web site in memory; what it does not have answers 404. */
public final class FakeSite implements WebSite {

    public final Map<String, String> pages = new ConcurrentHashMap<>();
    public final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** So many questions are answered by nobody yet. */
    public final AtomicInteger silent = new AtomicInteger();

    /** Why nobody answers. */
    public volatile ProviderException.Kind silence = ProviderException.Kind.UNAVAILABLE;

    @Override
    public Identity identity() {
        return Identity.host("staging.acme.example");
    }

    @Override
    public WebPage get(String path) {
        asked.add(path);
        if (silent.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new ProviderException(silence, "the site does not answer", null);
        }
        String body = pages.getOrDefault(path, "");
        int status = statuses.getOrDefault(path, pages.containsKey(path) ? 200 : 404);
        return new WebPage(URI.create("https://staging.acme.example" + path), status, Map.of(), body);
    }
}
