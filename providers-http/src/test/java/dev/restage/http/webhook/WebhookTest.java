package dev.restage.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.http.HttpSettings;
import dev.restage.http.Json;
import dev.restage.http.Retry;
import dev.restage.provider.Address;
import dev.restage.provider.Message;
import dev.restage.provider.Notifier;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookTest {

    private static final String SECRET = "XyZzY-s3cret";
    private static final String PATH = "/services/T000/B000/" + SECRET;
    private static final Message HELLO = new Message("Staging was reset", "- 12 rows");

    @AutoClose
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @Test
    void postsOnceToTheUrlThatTheVariableHolds() throws InterruptedException {
        answer(200, "ok");
        Variables variables = Variables.of(Map.of("TEAM_URL", server.url(PATH).toString()));

        ((Notifier) new WebhookModule().webhooks(variables).open(Address.of("webhook:TEAM_URL?mention=here")))
                .send(HELLO);

        assertThat(server.getRequestCount()).isEqualTo(1);
        Json sent = sent(PATH);
        assertThat(sent.text("text")).isEqualTo("<!here> *Staging was reset*\n- 12 rows");
        assertThat(sent.at("blocks").at(0).at("text").text("text")).isEqualTo("Staging was reset");
        assertThat(sent.at("blocks").at(1).at("text").text("text")).isEqualTo("<!here>\n- 12 rows");
    }

    @Test
    void foreignTextRingsNobody() throws InterruptedException {
        answer(200, "ok");

        webhook("").send(new Message("merged <!channel>", "branch <!here> & <https://evil.example|click>"));

        assertThat(Json.write(sent(PATH))).doesNotContain("<").contains("&lt;!here&gt; &amp; &lt;https:");
    }

    @Test
    void longMessagesKeepToTheLimitsAndSayWhatIsMissing() throws InterruptedException {
        answer(200, "ok");
        String lines = IntStream.range(0, 900)
                .mapToObj(i -> "- feature/<" + i + "> conflicts with main")
                .collect(Collectors.joining("\n"));

        webhook("<!here>").send(new Message("&".repeat(400), lines + "\n" + "<".repeat(5000)));

        Json sent = sent(PATH);
        assertThat(sent.text("text")).hasSizeLessThanOrEqualTo(SlackPayload.LONGEST_TEXT);
        assertThat(sent.at("blocks").at(0).at("text").text("text"))
                .hasSizeLessThanOrEqualTo(150)
                .endsWith("&amp;…");
        assertThat(sent.at("blocks").stream()
                        .skip(1)
                        .map(block -> block.at("text").text("text")))
                .allSatisfy(text -> assertThat(text).hasSizeBetween(1, 3000))
                .last()
                .asString()
                .containsPattern("… and \\d+ more lines$");
        assertThat(sent.at("blocks").stream()
                        .mapToInt(block -> block.at("text").text("text").length())
                        .sum())
                .isLessThan(13_000);
    }

    @Test
    void triesAgainWhenToldToSlowDownAndWhenTheServiceFails() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "0")
                .build());
        answer(500, "rollup_error");
        answer(200, "ok");

        webhook("").send(HELLO);

        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_payload, FAILED",
        "403, invalid_token, DENIED",
        "404, no_service, NOT_FOUND",
        "410, channel_is_archived, NOT_FOUND"
    })
    void saysTheReasonOnceAndNeverTheUrl(int status, String word, Kind kind) {
        answer(status, word + " at " + PATH);

        assertThatThrownBy(() -> webhook("").send(HELLO))
                .hasMessageContainingAll("webhook:TEAM_URL answered " + status, word)
                .message()
                .doesNotContain(SECRET)
                .doesNotContain("services");
        assertThatThrownBy(() -> {
                    answer(status, word);
                    webhook("").send(HELLO);
                })
                .asInstanceOf(type(ProviderException.class))
                .returns(kind, ProviderException::kind);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void doesNotFollowARedirectElsewhere() throws IOException {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.start();
            server.enqueue(new MockResponse.Builder()
                    .code(308)
                    .addHeader("Location", elsewhere.url("/taken"))
                    .build());

            assertThatThrownBy(() -> webhook("").send(HELLO)).hasMessageContaining("answered 308");
            assertThat(elsewhere.getRequestCount()).isZero();
        }
    }

    @Test
    void aUrlInPlaceOfTheVariableIsRefusedAndNotShown() {
        assertThatThrownBy(() -> new WebhookModule()
                        .webhooks(Variables.of(Map.of()))
                        .open(Address.of("webhook:https://hooks.slack.com" + PATH)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain(SECRET);
        assertThatThrownBy(() -> new WebhookModule()
                        .webhooks(Variables.of(Map.of("TEAM_URL", "hooks.slack.com" + PATH)))
                        .open(Address.of("webhook:TEAM_URL")))
                .isInstanceOf(ProviderException.class)
                .message()
                .doesNotContain(SECRET);
    }

    @Test
    void oneUrlIsOneWebhookWhateverItsVariable() {
        assertThat(webhook("").identity()).isEqualTo(webhook("<!here>").identity());
        assertThat(webhook("").identity().toString()).doesNotContain(SECRET);
    }

    @Test
    void aPageOfAnotherMachineIsNoDelivery() {
        answer(200, "\n<!DOCTYPE html><title>Log in</title>");

        assertThatThrownBy(() -> webhook("").send(HELLO))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("webhook:TEAM_URL")
                .hasMessageContaining("a web page")
                .hasMessageNotContaining(SECRET);
    }

    private WebhookNotifier webhook(String mention) {
        return new WebhookNotifier(
                "webhook:TEAM_URL",
                Secret.of(server.url(PATH).toString()),
                mention,
                new Retry(3, Duration.ofMillis(1), Duration.ofSeconds(1)),
                HttpSettings.standard());
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "text/plain")
                .body(body)
                .build());
    }

    private Json sent(String path) throws InterruptedException {
        var request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo(path);
        return Json.parse(Objects.requireNonNull(request.getBody()).utf8());
    }
}
