package dev.restage.sandbox.vendor.github;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.Ids;
import dev.restage.sandbox.vendor.internal.Refusal;
import dev.restage.sandbox.vendor.internal.VendorReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** The shapes of GitHub's REST API 2022-11-28. All URLs in them are on the stand-in's own origin. */
record GitHubJson(URI origin, String fullName) {

    static final String LOGIN = "restage-bot";

    private static final List<String> USER_LINKS = List.of(
            "events",
            "followers",
            "following",
            "gists",
            "organizations",
            "received_events",
            "repos",
            "starred",
            "subscriptions");

    private static final List<String> REPOSITORY_LINKS = List.of(
            "archive",
            "assignees",
            "blobs",
            "branches",
            "collaborators",
            "comments",
            "commits",
            "compare",
            "contents",
            "contributors",
            "deployments",
            "downloads",
            "events",
            "forks",
            "git_commits",
            "git_refs",
            "git_tags",
            "hooks",
            "issue_comment",
            "issue_events",
            "issues",
            "keys",
            "labels",
            "languages",
            "merges",
            "milestones",
            "notifications",
            "pulls",
            "releases",
            "stargazers",
            "statuses",
            "subscribers",
            "subscription",
            "tags",
            "teams",
            "trees");

    private static final List<String> COUNTS = List.of(
            "forks",
            "forks_count",
            "open_issues",
            "open_issues_count",
            "stargazers_count",
            "watchers",
            "watchers_count",
            "network_count",
            "subscribers_count");

    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Map<String, @Nullable Object> error(int status, String message) {
        return Json.of(
                "message",
                message,
                "documentation_url",
                "https://docs.github.com/rest",
                "status",
                String.valueOf(status));
    }

    static Refusal refused(int status, String message) {
        return new Refusal(VendorReply.json(status, error(status, message)));
    }

    static Refusal invalid(String resource, String field, String code) {
        Map<String, @Nullable Object> body = error(422, "Validation Failed");
        body.put("errors", List.of(Json.of("resource", resource, "field", field, "code", code)));
        return new Refusal(VendorReply.json(422, body));
    }

    String api(String path) {
        return "%s/repos/%s%s".formatted(origin, fullName, path);
    }

    String html(String path) {
        return "%s/%s%s".formatted(origin, fullName, path);
    }

    static String node(String name) {
        return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    Map<String, @Nullable Object> user(String login) {
        String url = origin + "/users/" + login;
        Map<String, @Nullable Object> json = Json.of(
                "login",
                login,
                "id",
                Ids.number("user " + login),
                "node_id",
                node("User:" + login),
                "avatar_url",
                url + "/avatar",
                "gravatar_id",
                "",
                "url",
                url,
                "html_url",
                origin + "/" + login,
                "type",
                "User",
                "site_admin",
                false);
        USER_LINKS.forEach(link -> json.put(link + "_url", url + "/" + link));
        return json;
    }

    Map<String, @Nullable Object> repository(String defaultBranch) {
        String owner = fullName.substring(0, fullName.indexOf('/'));
        String created = "2020-01-02T03:04:05Z";
        Map<String, @Nullable Object> json = Json.of(
                "id",
                Ids.number(fullName),
                "node_id",
                node("Repository:" + fullName),
                "name",
                fullName.substring(fullName.indexOf('/') + 1),
                "full_name",
                fullName,
                "owner",
                user(owner),
                "private",
                true,
                "html_url",
                html(""),
                "description",
                null,
                "fork",
                false,
                "url",
                api(""),
                "clone_url",
                html(".git"),
                "default_branch",
                defaultBranch,
                "archived",
                false,
                "disabled",
                false,
                "visibility",
                "private",
                "permissions",
                Json.of("admin", false, "maintain", false, "push", true, "triage", true, "pull", true),
                "git_url",
                html(".git"),
                "ssh_url",
                html(".git"),
                "svn_url",
                html(""),
                "mirror_url",
                null,
                "homepage",
                null,
                "language",
                "Python",
                "license",
                null,
                "size",
                1024,
                "has_issues",
                true,
                "has_projects",
                false,
                "has_wiki",
                false,
                "has_pages",
                false,
                "has_discussions",
                false,
                "created_at",
                created,
                "updated_at",
                created,
                "pushed_at",
                created);
        REPOSITORY_LINKS.forEach(link -> json.put(link + "_url", api("/" + link.replace("git_", "git/"))));
        COUNTS.forEach(count -> json.put(count, 0));
        return json;
    }

    Map<String, @Nullable Object> ref(String name, String sha) {
        return Json.of(
                "ref", name,
                "node_id", node("Ref:" + fullName + name),
                "url", api("/git/" + name),
                "object", Json.of("type", "commit", "sha", sha, "url", api("/git/commits/" + sha)));
    }

    Map<String, @Nullable Object> commit(RevCommit commit) {
        String sha = commit.name();
        Map<String, @Nullable Object> tree = Json.of(
                "sha",
                commit.getTree().name(),
                "url",
                api("/git/trees/" + commit.getTree().name()));
        Map<String, @Nullable Object> details = Json.of(
                "url", api("/git/commits/" + sha),
                "author", person(commit.getAuthorIdent()),
                "committer", person(commit.getCommitterIdent()),
                "message", commit.getFullMessage().strip(),
                "tree", tree,
                "comment_count", 0,
                "verification", Json.of("verified", false, "reason", "unsigned", "signature", null, "payload", null));
        List<Map<String, @Nullable Object>> parents = Arrays.stream(commit.getParents())
                .map(parent -> Json.of(
                        "sha", parent.name(),
                        "url", api("/commits/" + parent.name()),
                        "html_url", html("/commit/" + parent.name())))
                .toList();
        return Json.of(
                "sha", sha,
                "node_id", node("Commit:" + sha),
                "url", api("/commits/" + sha),
                "html_url", html("/commit/" + sha),
                "comments_url", api("/commits/" + sha + "/comments"),
                "commit", details,
                "author", user(LOGIN),
                "committer", user("web-flow"),
                "parents", parents);
    }

    /** {@return the short form of a commit that runs and check suites carry} */
    static Map<String, @Nullable Object> headCommit(String sha, Instant at) {
        Map<String, @Nullable Object> author = Json.of("name", LOGIN, "email", LOGIN + "@sandbox.example");
        return Json.of(
                "id", sha,
                "tree_id", sha,
                "message", "",
                "timestamp", time(at),
                "author", author,
                "committer", author);
    }

    private static Map<String, @Nullable Object> person(PersonIdent person) {
        return Json.of(
                "name", person.getName(),
                "email", person.getEmailAddress(),
                "date", time(person.getWhenAsInstant()));
    }

    Map<String, @Nullable Object> shortBranch(String name, String sha) {
        return Json.of("name", name, "commit", Json.of("sha", sha, "url", api("/commits/" + sha)), "protected", false);
    }

    Map<String, @Nullable Object> branch(String name, RevCommit commit) {
        return Json.of(
                "name", name,
                "commit", commit(commit),
                "_links", Json.of("html", html("/tree/" + name), "self", api("/branches/" + name)),
                "protected", false,
                "protection",
                        Json.of(
                                "enabled",
                                false,
                                "required_status_checks",
                                Json.of("enforcement_level", "off", "contexts", List.of(), "checks", List.of())),
                "protection_url", api("/branches/" + name + "/protection"));
    }

    Map<String, @Nullable Object> pull(PullRequest pull, String headSha, String baseSha, String defaultBranch) {
        String now = "2026-01-02T03:04:05Z";
        boolean open = pull.state().equals("open");
        String url = api("/pulls/" + pull.number());
        String page = html("/pull/" + pull.number());
        return Json.of(
                "url",
                url,
                "id",
                Ids.number(fullName + "#" + pull.number()),
                "node_id",
                node("PullRequest:" + pull.number()),
                "html_url",
                page,
                "diff_url",
                page + ".diff",
                "patch_url",
                page + ".patch",
                "issue_url",
                api("/issues/" + pull.number()),
                "comments_url",
                api("/issues/" + pull.number() + "/comments"),
                "commits_url",
                url + "/commits",
                "review_comments_url",
                url + "/comments",
                "review_comment_url",
                api("/pulls/comments"),
                "statuses_url",
                api("/statuses/" + headSha),
                "_links",
                Json.of("self", Json.of("href", url), "html", Json.of("href", page)),
                "number",
                pull.number(),
                "state",
                open ? "open" : "closed",
                "locked",
                false,
                "title",
                pull.title(),
                "user",
                user(LOGIN),
                "body",
                null,
                "labels",
                List.of(),
                "milestone",
                null,
                "assignee",
                null,
                "assignees",
                List.of(),
                "requested_reviewers",
                List.of(),
                "requested_teams",
                List.of(),
                "draft",
                false,
                "created_at",
                now,
                "updated_at",
                now,
                "closed_at",
                open ? null : now,
                "merged_at",
                pull.state().equals("merged") ? now : null,
                "merge_commit_sha",
                null,
                "auto_merge",
                null,
                "author_association",
                "MEMBER",
                "head",
                side(pull.head(), headSha, defaultBranch),
                "base",
                side(pull.base(), baseSha, defaultBranch));
    }

    private Map<String, @Nullable Object> side(String branch, String sha, String defaultBranch) {
        String owner = fullName.substring(0, fullName.indexOf('/'));
        return Json.of(
                "label",
                owner + ":" + branch,
                "ref",
                branch,
                "sha",
                sha,
                "user",
                user(owner),
                "repo",
                repository(defaultBranch));
    }
}
