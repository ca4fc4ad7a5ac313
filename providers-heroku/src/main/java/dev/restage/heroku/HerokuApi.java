package dev.restage.heroku;

import dev.restage.http.Credential;
import dev.restage.http.Download;
import dev.restage.http.HttpSettings;
import dev.restage.http.Json;
import dev.restage.http.Paging;
import dev.restage.http.RestClient;
import dev.restage.http.RestRequest;
import dev.restage.http.RestResponse;
import dev.restage.http.Retry;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Heroku's three hosts, and what is the same for all calls to them. */
final class HerokuApi implements AutoCloseable {

    /** Without this media type the Platform API answers 406. */
    private static final String VERSION_3 = "application/vnd.heroku+json; version=3";

    private static final String VERSION_3_SDK = "application/vnd.heroku+json; version=3.sdk";

    /** A cut list is answered with the {@code Range} of its next part. */
    private static final Paging BY_RANGE =
            (request, page) -> page.header("next-range").map(range -> request.header("Range", range));

    private final RestClient platform;
    private final RestClient data;
    private final RestClient git;
    private final RestClient store;
    private final HttpSettings settings;

    HerokuApi(HerokuConfig config, HttpSettings settings, Retry retry) {
        Credential token = Credential.bearer(config.token());
        this.platform = RestClient.create("heroku", config.endpoint(), token, retry, settings);
        this.data = RestClient.create("heroku data", config.dataEndpoint(), token, retry, settings);
        this.git = RestClient.create(
                "heroku git", config.gitEndpoint(), Credential.basic("", config.token()), retry, settings);
        this.store = RestClient.create("heroku backups", config.dataEndpoint(), Credential.none(), retry, settings);
        this.settings = settings;
    }

    HttpSettings settings() {
        return settings;
    }

    RestResponse platform(RestRequest request) {
        return platform.send(request.header("Accept", VERSION_3));
    }

    Json get(String path, String... parts) {
        return platform(RestRequest.get(path, parts)).object();
    }

    /** {@return what is there; empty if Heroku itself says that it is not: a page of another machine says nothing} */
    Optional<Json> find(String path, String... parts) {
        RestResponse answer = platform(RestRequest.get(path, parts).accepting(404));
        if (answer.ok()) {
            return Optional.of(answer.object());
        }
        if (!answer.json().text("id").equals("not_found")) {
            throw answer.notUnderstood("is not Heroku's");
        }
        return Optional.empty();
    }

    Stream<Json> list(String path, String... parts) {
        return platform.pages(RestRequest.get(path, parts).header("Accept", VERSION_3), BY_RANGE)
                .flatMap(page -> page.json().list());
    }

    /** Answers of this variant name an attachment's plan and config vars. */
    RestResponse attachments(RestRequest request) {
        return platform.send(
                request.header("Accept", VERSION_3_SDK).header("Accept-Inclusion", "addon:plan,config_vars"));
    }

    /** What is asked for is an object; what is done may be answered by nothing. */
    Json data(RestRequest request) {
        RestResponse answer = data.send(request.header("Accept", VERSION_3));
        return request.method().equals("GET") ? answer.object() : answer.json();
    }

    Stream<Json> dataList(RestRequest request) {
        return data.send(request.header("Accept", VERSION_3)).json().list();
    }

    RestResponse git(RestRequest request) {
        return git.send(request.header("Accept", "*/*"));
    }

    /** Fetches a URL that is itself the secret. */
    String text(String url) {
        return platform.send(RestRequest.get(url).header("Accept", "text/plain").accepting(404))
                .body();
    }

    /** Opens what a URL leads to that is itself the secret, and is asked for whenever it is needed. */
    Download download(Supplier<String> url) {
        return store.open(() -> RestRequest.get(url.get()));
    }

    @Override
    public void close() {
        store.close();
        platform.close();
        data.close();
        git.close();
    }
}
