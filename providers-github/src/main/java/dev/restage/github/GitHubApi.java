package dev.restage.github;

import dev.restage.http.Json;
import dev.restage.http.Paging;
import dev.restage.http.RestClient;
import dev.restage.http.RestRequest;
import dev.restage.http.RestResponse;
import java.util.Locale;
import java.util.stream.Stream;

/** The calls on one repository of GitHub's REST API. */
final class GitHubApi {

    private static final String PER_PAGE = "100";

    private final RestClient rest;
    private final String owner;
    private final String name;

    GitHubApi(RestClient rest, String owner, String name) {
        this.rest = rest;
        this.owner = owner;
        this.name = name;
    }

    /** A request to read below the repository; {@code {}} stands for a part. */
    RestRequest get(String path, String... parts) {
        return versioned(RestRequest.get(below(path, parts)));
    }

    /** A request to act below the repository; it is not repeated. */
    RestRequest post(String path, String... parts) {
        return versioned(RestRequest.post(below(path, parts)));
    }

    private String below(String path, String... parts) {
        return RestRequest.path("repos/{}/{}", owner, name) + RestRequest.path(path, parts);
    }

    private static RestRequest versioned(RestRequest request) {
        return request.header("Accept", "application/vnd.github+json").header("X-GitHub-Api-Version", "2022-11-28");
    }

    RestResponse send(RestRequest request) {
        return rest.send(request);
    }

    Json read(RestRequest request) {
        RestResponse answer = rest.send(request);
        return request.method().equals("GET") ? answer.object() : answer.json();
    }

    /** All elements of a list that comes in pages, each page an object with the list as a member. */
    Stream<Json> all(RestRequest request, String member) {
        return rest.pages(request.query("per_page", PER_PAGE), Paging.byLink())
                .flatMap(page -> page.object().at(member).list());
    }

    /** {@return the name that the repository has now, also when it was asked by a former one} */
    String fullName() {
        Json repository = read(get(""));
        return repository.required("full_name").toLowerCase(Locale.ROOT);
    }

    void close() {
        rest.close();
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
