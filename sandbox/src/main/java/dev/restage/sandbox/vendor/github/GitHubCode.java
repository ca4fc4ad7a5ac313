package dev.restage.sandbox.vendor.github;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Repositories, branches, references, comparisons, merges and pull requests. */
final class GitHubCode {

    private static final String REPO = "/repos/{owner}/{repo}";

    private final Function<VendorRequest, GitHubRepository> repositories;
    private final Function<GitHubRepository, List<PullRequest>> pulls;
    private final URI origin;

    GitHubCode(
            URI origin,
            Function<VendorRequest, GitHubRepository> repositories,
            Function<GitHubRepository, List<PullRequest>> pulls) {
        this.origin = origin;
        this.repositories = repositories;
        this.pulls = pulls;
    }

    void on(StandInServer server) {
        server.route("GET " + REPO, this::repository);
        server.route("GET " + REPO + "/branches", this::branches);
        server.route("GET " + REPO + "/branches/{branch...}", this::branch);
        server.route("GET " + REPO + "/git/ref/{ref...}", this::ref);
        server.route("GET " + REPO + "/git/matching-refs/{ref...}", this::matchingRefs);
        server.route("POST " + REPO + "/git/refs", this::createRef);
        server.route("PATCH " + REPO + "/git/refs/{ref...}", this::updateRef);
        server.route("DELETE " + REPO + "/git/refs/{ref...}", this::deleteRef);
        server.route("GET " + REPO + "/compare/{basehead...}", this::compare);
        server.route("POST " + REPO + "/merges", this::merge);
        server.route("GET " + REPO + "/pulls", this::pulls);
    }

    /** After the routes of GitHubChecks, whose paths begin as this one does. */
    void lastOn(StandInServer server) {
        server.route("GET " + REPO + "/commits/{ref...}", this::commit);
    }

    private GitHubJson json(GitHubRepository repository) {
        return new GitHubJson(origin, repository.fullName());
    }

    private VendorReply repository(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        return VendorReply.json(200, json(repository).repository(repository.defaultBranch()));
    }

    private VendorReply branches(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        if (!request.query("protected").orElse("").equals("true")) {
            repository
                    .refs("refs/heads/")
                    .forEach((name, sha) ->
                            all.add(json(repository).shortBranch(name.substring("refs/heads/".length()), sha)));
        }
        return GitHubPages.list(origin, request, all);
    }

    private VendorReply branch(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        String branch = request.parameter("branch");
        String sha =
                repository.ref("refs/heads/" + branch).orElseThrow(() -> GitHubJson.refused(404, "Branch not found"));
        RevCommit commit = repository.commit(sha).orElseThrow(() -> GitHubJson.refused(404, "Branch not found"));
        return VendorReply.json(200, json(repository).branch(branch, commit));
    }

    private VendorReply ref(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        return VendorReply.json(200, ref(repository, "refs/" + request.parameter("ref")));
    }

    private Map<String, @Nullable Object> ref(GitHubRepository repository, String name) throws IOException {
        String sha = repository.ref(name).orElseThrow(() -> GitHubJson.refused(404, "Not Found"));
        return json(repository).ref(name, sha);
    }

    private VendorReply matchingRefs(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        repository
                .refs("refs/" + request.parameter("ref"))
                .forEach((name, sha) -> found.add(json(repository).ref(name, sha)));
        return GitHubPages.list(origin, request, found);
    }

    private VendorReply createRef(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        JsonNode body = object(request);
        String ref = required(body, "ref", "Reference");
        if (!ref.matches("refs/[^/]+/.+")) {
            throw GitHubJson.refused(422, "Reference name must start with 'refs/' and contain at least two slashes.");
        }
        repository.create(ref, required(body, "sha", "Reference"));
        return VendorReply.json(201, ref(repository, ref))
                .with("Location", json(repository).api("/git/" + ref));
    }

    private VendorReply updateRef(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        JsonNode body = object(request);
        JsonNode force = body.path("force");
        if (!force.isMissingNode() && !force.isBoolean()) {
            throw GitHubJson.invalid("Reference", "force", "invalid");
        }
        String ref = "refs/" + request.parameter("ref");
        repository.update(ref, required(body, "sha", "Reference"), force.asBoolean(false));
        return VendorReply.json(200, ref(repository, ref));
    }

    private VendorReply deleteRef(VendorRequest request) throws IOException {
        repositories.apply(request).delete("refs/" + request.parameter("ref"));
        return VendorReply.empty(204);
    }

    private VendorReply compare(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        String[] sides = request.parameter("basehead").split("\\.\\.\\.", 2);
        if (sides.length < 2) {
            throw GitHubJson.refused(404, "Not Found");
        }
        GitHubRepository.Comparison found = repository
                .compare(branchOnly(sides[0]), branchOnly(sides[1]))
                .orElseThrow(() -> GitHubJson.refused(404, "Not Found"));
        return VendorReply.json(200, comparison(json(repository), request.parameter("basehead"), found));
    }

    private static String branchOnly(String side) {
        return side.substring(side.indexOf(':') + 1);
    }

    private static Map<String, @Nullable Object> comparison(
            GitHubJson json, String basehead, GitHubRepository.Comparison found) {
        int aheadBy = found.ahead().size();
        String status = aheadBy > 0 ? "ahead" : found.behindBy() > 0 ? "behind" : "identical";
        // Without paging parameters the newest 250, oldest first.
        List<RevCommit> shown = found.ahead().subList(Math.max(0, aheadBy - 250), aheadBy);
        String page = json.html("/compare/" + basehead);
        return Json.of(
                "url",
                json.api("/compare/" + basehead),
                "html_url",
                page,
                "permalink_url",
                page,
                "diff_url",
                page + ".diff",
                "patch_url",
                page + ".patch",
                "base_commit",
                json.commit(found.base()),
                "merge_base_commit",
                json.commit(found.mergeBase()),
                "status",
                aheadBy > 0 && found.behindBy() > 0 ? "diverged" : status,
                "ahead_by",
                aheadBy,
                "behind_by",
                found.behindBy(),
                "total_commits",
                aheadBy,
                "commits",
                shown.stream().map(json::commit).toList(),
                "files",
                List.of());
    }

    private VendorReply merge(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        JsonNode body = object(request);
        String base = required(body, "base", "Merge");
        String head = required(body, "head", "Merge");
        String message = body.path("commit_message").asString("Merge %s into %s".formatted(head, base));
        Optional<RevCommit> merged = repository.merge(base, head, message);
        if (merged.isEmpty()) {
            return VendorReply.empty(204);
        }
        GitHubJson json = json(repository);
        return VendorReply.json(201, json.commit(merged.get()))
                .with("Location", json.api("/commits/" + merged.get().name()));
    }

    private VendorReply pulls(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        String state = request.query("state").orElse("open");
        String owner = repository.fullName().substring(0, repository.fullName().indexOf('/'));
        String head = request.query("head").orElse("");
        String base = request.query("base").orElse("");
        boolean ascending = request.query("direction").orElse("desc").equals("asc");
        Comparator<PullRequest> byNumber = Comparator.comparingInt(PullRequest::number);
        String defaultBranch = repository.defaultBranch();
        Map<String, String> heads = repository.refs("refs/heads/");
        Function<String, String> sha =
                branch -> heads.getOrDefault("refs/heads/" + branch, "0000000000000000000000000000000000000000");
        List<Map<String, @Nullable Object>> found = pulls.apply(repository).stream()
                .filter(pull -> state.equals("all")
                        || state.equals("open") == pull.state().equals("open"))
                .filter(pull -> head.isEmpty() || head.equals(owner + ":" + pull.head()))
                .filter(pull -> base.isEmpty() || base.equals(pull.base()))
                .sorted(ascending ? byNumber : byNumber.reversed())
                .map(pull -> json(repository).pull(pull, sha.apply(pull.head()), sha.apply(pull.base()), defaultBranch))
                .toList();
        return GitHubPages.list(origin, request, found);
    }

    private VendorReply commit(VendorRequest request) throws IOException {
        GitHubRepository repository = repositories.apply(request);
        String name = request.parameter("ref");
        RevCommit commit =
                repository.commit(name).orElseThrow(() -> GitHubJson.refused(422, "No commit found for SHA: " + name));
        return VendorReply.json(200, json(repository).commit(commit));
    }

    static JsonNode object(VendorRequest request) {
        JsonNode body = request.json();
        if (body.isMissingNode()) {
            throw GitHubJson.refused(400, "Problems parsing JSON");
        }
        if (!body.isObject()) {
            throw GitHubJson.refused(400, "Body should be a JSON object");
        }
        return body;
    }

    static String required(JsonNode body, String field, String resource) {
        JsonNode value = body.path(field);
        if (!value.isString()) {
            throw GitHubJson.invalid(resource, field, value.isMissingNode() ? "missing_field" : "invalid");
        }
        return value.asString();
    }
}
