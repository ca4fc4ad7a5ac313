package dev.restage.sandbox.vendor.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.Requests;
import dev.restage.sandbox.vendor.internal.VendorReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WorkflowFileTest {

    private static final URI ORIGIN = URI.create("http://127.0.0.1:1");

    private static final String INPUTS = """
            name: Deploy
            on:
              workflow_dispatch:
                inputs:
                  target:
                    required: true
                  note:
                    required: true
                    default: none
                  dry:
                    type: boolean
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on: workflow_dispatch",
                "on: [push, workflow_dispatch]",
                "on:\n  push:\n  workflow_dispatch:\n",
                "on:\n  workflow_dispatch:\n    inputs: {}\n"
            })
    void canBeDispatchedInEachWayToWriteIt(String text) {
        assertThat(WorkflowFile.of("a.yml", text).complaint(Json.parse("{}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on: push", "on: [push]", "", "on: {push: {}}", "{ broken", "on:\n  workflow_call:\n"})
    void cannotBeDispatchedWithoutTheTrigger(String text) {
        assertThat(WorkflowFile.of("a.yml", text).complaint(Json.parse("{}")))
                .contains("Workflow does not have 'workflow_dispatch' trigger");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"target\":\"x\"} | ''",
                "{\"target\":\"x\",\"note\":\"y\",\"dry\":\"true\"} | ''",
                "{} | Required input 'target' not provided",
                "{\"target\":\"\"} | Required input 'target' not provided",
                "{\"target\":\"x\",\"other\":\"1\"} | Unexpected inputs provided: [\"other\"]"
            })
    void complainsOfInputsAsGitHubDoes(String inputs, String complaint) {
        assertThat(WorkflowFile.of("deploy.yml", INPUTS)
                        .complaint(Json.parse(inputs))
                        .orElse(""))
                .isEqualTo(complaint);
    }

    @Test
    void takes25Inputs() {
        String many = IntStream.range(0, 26)
                .mapToObj(i -> "      i%d: {}%n".formatted(i))
                .collect(Collectors.joining());
        WorkflowFile file = WorkflowFile.of("a.yml", "on:\n  workflow_dispatch:\n    inputs:\n" + many);

        assertThat(file.complaint(Json.parse(inputs(25)))).isEmpty();
        assertThat(file.complaint(Json.parse(inputs(26)))).contains("Too many inputs: at most 25");
    }

    @Test
    void hasItsFileAsItsNameIfItSaysNone() {
        WorkflowFile named = WorkflowFile.of("deploy.yml", INPUTS);
        WorkflowFile nameless = WorkflowFile.of("test.yml", "on: push");

        assertThat(named.name()).isEqualTo("Deploy");
        assertThat(nameless.name()).isEqualTo("test.yml");
        assertThat(named.path()).isEqualTo(".github/workflows/deploy.yml");
        assertThat(named.id()).isNotEqualTo(nameless.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 30 | next last",
                "per_page=2 | 2 | next last",
                "per_page=2&page=2 | 2 | prev first next last",
                "per_page=2&page=23 | 1 | prev first",
                "per_page=100 | 45 | ''",
                "per_page=1000 | 45 | ''",
                "per_page=0 | 1 | next last",
                "page=0 | 30 | next last",
                "page=99 | 0 | prev first"
            })
    void pagesHaveLinksToTheirNeighbours(String query, int size, String links) {
        VendorReply reply = page(query);

        assertThat(body(reply)).hasSize(size);
        assertThat(reply.headers().getOrDefault("Link", "").replaceAll("<[^>]*>; rel=\"(\\w+)\",?", "$1"))
                .isEqualTo(links);
    }

    @Test
    void aLinkKeepsTheOtherParameters() {
        assertThat(page("state=all&page=2&per_page=20").headers().get("Link"))
                .contains("<http://127.0.0.1:1/repos/a/b/pulls?state=all&per_page=20&page=3>; rel=\"next\"")
                .contains("<http://127.0.0.1:1/repos/a/b/pulls?state=all&per_page=20&page=1>; rel=\"first\"");
    }

    @Test
    void aWrappedListSaysHowManyThereAreInAll() {
        VendorReply reply = GitHubPages.wrapped(ORIGIN, Requests.get("/x", "per_page=2"), "runs", items());

        assertThat(body(reply).path("total_count").asInt()).isEqualTo(45);
        assertThat(body(reply).path("runs")).hasSize(2);
    }

    private static VendorReply page(String query) {
        return GitHubPages.list(ORIGIN, Requests.get("/repos/a/b/pulls", query), items());
    }

    private static List<Map<String, @Nullable Object>> items() {
        return IntStream.rangeClosed(1, 45).mapToObj(id -> Json.of("id", id)).toList();
    }

    private static JsonNode body(VendorReply reply) {
        return Json.parse(new String(reply.body(), StandardCharsets.UTF_8));
    }

    private static String inputs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"i%d\":\"1\"".formatted(i))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
