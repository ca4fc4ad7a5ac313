package dev.restage.http;

import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.app.WebPage;
import dev.restage.provider.app.WebSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A site over HTTP. Repeats a call once, as a connection kept open may have ended meanwhile. */
final class HttpSite implements WebSite {

    private static final int MOST_BYTES = 4 << 20;

    private final OkHttpClient http;
    private final HttpUrl home;
    private final Credential credential;

    HttpSite(OkHttpClient http, HttpUrl home, Credential credential) {
        this.http = http;
        this.home = home;
        this.credential = credential;
    }

    @Override
    public Identity identity() {
        return Identity.host(home.host()).part(Integer.toString(home.port()));
    }

    @Override
    public WebPage get(String path) {
        HttpUrl url = home.resolve(path);
        if (url == null || !isHere(url)) {
            throw new IllegalArgumentException(
                    "not a page of https site %s: %s".formatted(home.host(), Redaction.path(path)));
        }
        Request.Builder request = new Request.Builder().url(url).header("User-Agent", "restage");
        credential.header().ifPresent(value -> request.header("Authorization", value));
        try {
            return fetch(request.build());
        } catch (IOException first) {
            try {
                return fetch(request.build());
            } catch (IOException second) {
                second.addSuppressed(first);
                throw new ProviderException(
                        Kind.UNAVAILABLE,
                        "%s cannot be reached: %s; check that the site runs and that its name leads there"
                                .formatted(Redaction.path(url.toString()), second.getMessage()),
                        Effect.NONE,
                        second);
            }
        }
    }

    private boolean isHere(HttpUrl url) {
        return url.scheme().equals(home.scheme()) && url.host().equals(home.host()) && url.port() == home.port();
    }

    private WebPage fetch(Request request) throws IOException {
        try (Response response = http.newCall(request).execute()) {
            byte[] body = response.body().byteStream().readNBytes(MOST_BYTES);
            return new WebPage(
                    request.url().uri(),
                    response.code(),
                    RestClient.headers(response),
                    new String(body, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        http.connectionPool().evictAll();
    }
}
