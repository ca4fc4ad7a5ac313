package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestClientTest {

    private static final String TOKEN = "t0ken-t0ken";
    private static final Retry QUICK = new Retry(3, Duration.ofMillis(1), Duration.ofSeconds(2));

    @AutoClose
    private final MockWebServer server = new MockWebServer();

    @AutoClose
    private final MockWebServer elsewhere = new MockWebServer();

    private RestClient rest;

    @BeforeEach
    void start() throws IOException {
        server.start();
        elsewhere.start();
        rest = client(QUICK);
    }

    @Test
    void sendsJsonWithTheTokenBelowTheBaseUrl() throws InterruptedException {
        answer(200, "{\"id\":7}");

        Json result = rest.post("zones/z1", Map.of("hosts", List.of("a")));

        assertThat(result.number("id")).isEqualTo(7);
        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/v4/zones/z1");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + TOKEN);
        assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
        assertThat(bodyOf(request)).isEqualTo("{\"hosts\":[\"a\"]}");
    }

    @Test
    void encodesPartsOfAPathAndRefusesThoseThatLeadElsewhere() throws InterruptedException {
        answer(200, "{}");

        rest.get("branches/{}/x", "feature/ä #1");

        assertThat(server.takeRequest().getTarget()).isEqualTo("/v4/branches/feature%2F%C3%A4%20%231/x");
        assertThatThrownBy(() -> rest.get("apps/{}", "..")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, FAILED, NONE",
        "401, DENIED, NONE",
        "403, DENIED, NONE",
        "404, NOT_FOUND, NONE",
        "409, CONFLICT, NONE",
        "422, CONFLICT, NONE",
        "503, UNAVAILABLE, UNKNOWN"
    })
    void saysWhatFailedAndWhy(int status, Kind kind, Effect effect) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .body("{\"success\":false,\"errors\":[{\"code\":1082,\"message\":\"bad " + TOKEN + "\"}]}")
                .addHeader("CF-Ray", "r4y")
                .build());

        assertThatThrownBy(() -> rest.post("zones/z1/purge_cache", Map.of()))
                .hasMessageStartingWith("rest answered " + status + " to POST zones/z1/purge_cache: bad *** (1082); ")
                .hasMessageEndingWith("[request r4y]")
                .asInstanceOf(type(ProviderException.class))
                .returns(kind, ProviderException::kind)
                .returns(effect, ProviderException::effect);
    }

    @Test
    void readsAnHtmlErrorOfAMachineOnTheWayAsText() {
        RestClient once = client(Retry.none());
        answer(502, "<html><head><style>p{}</style></head><body><h1>Bad Gateway</h1></body></html>");

        assertThatThrownBy(() -> once.get("x")).hasMessageContaining("GET x: Bad Gateway; ");
    }

    @Test
    void tellsARateLimitFromAMissingRight() {
        RestClient once = client(Retry.none());
        server.enqueue(new MockResponse.Builder()
                .code(403)
                .body("{\"message\":\"API rate limit exceeded for 1.2.3.4\"}")
                .addHeader("x-ratelimit-remaining", "0")
                .addHeader("x-ratelimit-reset", "99999999999")
                .build());

        assertThatThrownBy(() -> once.get("x"))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.THROTTLED, ProviderException::kind);
    }

    @Test
    void repeatsWhatIsSafeToRepeat() {
        answer(503, "");
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        answer(200, "{\"ok\":true}");

        assertThat(rest.get("x").flag("ok")).isTrue();
    }

    @Test
    void postsOnceWhenTheAnswerIsLostUnlessToldOtherwise() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        assertThatThrownBy(() -> rest.post("x", Map.of()))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind)
                .returns(Effect.UNKNOWN, ProviderException::effect);
        assertThat(server.getRequestCount()).isEqualTo(1);

        answer(500, "");
        answer(200, "{}");
        rest.send(RestRequest.post("x").repeatable());
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void repeatsAPostThatALimitRefused() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "0")
                .build());
        answer(200, "{}");

        rest.post("x", Map.of());

        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void givesUpAtOnceWhenAskedToWaitTooLong() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "3600")
                .build());

        assertThatThrownBy(() -> rest.get("x"))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.THROTTLED, ProviderException::kind);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void followsPagesOfItsOwnOriginAndNoOthers() {
        server.enqueue(new MockResponse.Builder()
                .body("[1,2]")
                .addHeader(
                        "Link", "<%s>; rel=\"prev\", <%s>; rel=\"next\"".formatted(server.url("/p"), server.url("/2")))
                .build());
        answer(200, "[3]");

        assertThat(rest.pages(RestRequest.get("list"), Paging.byLink())
                        .flatMap(page -> page.json().stream())
                        .map(Json::text))
                .containsExactly("1", "2", "3");

        server.enqueue(new MockResponse.Builder()
                .addHeader("Link", "<" + elsewhere.url("/2") + ">; rel=\"next\"")
                .build());
        assertThatThrownBy(() ->
                        rest.pages(RestRequest.get("list"), Paging.byLink()).toList())
                .hasMessageContaining("another machine");
        assertThat(elsewhere.getRequestCount()).isZero();
    }

    @Test
    void showsItsTokenToNoOtherMachine() throws InterruptedException {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", elsewhere.url("/logs"))
                .build());
        elsewhere.enqueue(new MockResponse.Builder().body("log").build());
        elsewhere.enqueue(new MockResponse.Builder().body("blob").build());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        rest.download(RestRequest.get("logs").header("X-Own", "1"), bytes, Progress.NONE);
        rest.download(RestRequest.get(elsewhere.url("/blob?sig=1").toString()), bytes, Progress.NONE);

        assertThat(bytes).hasToString("logblob");
        for (RecordedRequest request : List.of(elsewhere.takeRequest(), elsewhere.takeRequest())) {
            assertThat(request.getHeaders().names()).doesNotContain("Authorization", "X-Own");
        }
    }

    @Test
    void doesNotTurnAPostIntoAnotherCallByARedirect() {
        server.enqueue(new MockResponse.Builder()
                .code(301)
                .addHeader("Location", server.url("/new"))
                .build());

        assertThatThrownBy(() -> rest.post("old", Map.of())).hasMessageContaining("301");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void takesAcceptedStatusesAsAnswers() {
        answer(404, "");

        assertThat(rest.send(RestRequest.get("x").accepting(404)).status()).isEqualTo(404);
    }

    @Test
    void hidesTheUrlOfAWebhookWhichIsItsSecret() {
        URI hook = server.url("/services/T0/B0/s3cret").uri();
        RestClient webhook = RestClient.create("slack", hook, Credential.none(), Retry.none());
        answer(404, "no_service");

        assertThatThrownBy(() -> webhook.send(RestRequest.post("").text("x", "text/plain")))
                .hasMessageStartingWith("slack answered 404 to POST its address: no_service; ");
    }

    @Test
    void hidesPasswordsThatAVendorQuotes() {
        assertThat(Redaction.text("no db postgres://u:p@h/d of https://b.example/o?sig=abc ghp_abc", List.of()))
                .isEqualTo("no db postgres://***@h/d of https://b.example/o?*** ***");
    }

    @Test
    void findsMachinesAsTheSettingsSay() {
        HttpSettings settings =
                HttpSettings.from(Variables.of(Map.of(HttpSettings.RESOLVE, "api.acme.example=127.0.0.1")));
        URI base = URI.create("http://api.acme.example:" + server.getPort());
        answer(200, "{\"a\":1}");

        Json found = RestClient.create("acme", base, Credential.none(), Retry.none(), settings)
                .get("x");

        assertThat(Optional.of(found.text("a"))).contains("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Please log in, t0p-s3cret</body></html>",
                "{\"stage\":\"prod",
                "[{\"a\":1},",
                "ok",
                "{\"a\":1} <!-- proxy -->"
            })
    void aSuccessThatIsNotJsonIsAnErrorAndNeverNothing(String body) {
        answer(200, body);
        answer(201, body);
        answer(200, body);

        assertThatThrownBy(() -> rest.get("apps/x"))
                .hasMessageContaining("the answer of rest (200) to GET apps/x is not JSON")
                .hasMessageNotContaining("s3cret")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind)
                .returns(Effect.NONE, ProviderException::effect);
        assertThatThrownBy(() -> rest.post("apps", Map.of()))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind)
                .returns(Effect.UNKNOWN, ProviderException::effect);
        assertThatThrownBy(() -> rest.pages(RestRequest.get("list"), Paging.byLink())
                        .flatMap(page -> page.json().list())
                        .toList())
                .isInstanceOf(ProviderException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[]", "7", "{\"list\":{}}", "{\"list\":null,\"name\":\"\"}"})
    void whatMustBeAListAnObjectOrAMemberIsNotTakenForNothing(String body) {
        for (int i = 0; i < 3; i++) {
            answer(200, body);
        }
        RestResponse answer = rest.send(RestRequest.get("a"));

        assertThatThrownBy(() -> answer.json().at("list").list())
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("GET a has no list");
        assertThatThrownBy(() -> answer.json().required("name")).hasMessageContaining("has no \"name\"");
        if (body.startsWith("{")) {
            assertThat(answer.object().isObject()).isTrue();
        } else {
            assertThatThrownBy(answer::object).hasMessageContaining("is not the object");
        }
    }

    @Test
    void aRefusalMayBeAnyTextAndASuccessMayBeEmpty() {
        answer(404, "<html>gone</html>");
        answer(204, "");

        assertThat(rest.send(RestRequest.get("a").accepting(404)).json().isMissing())
                .isTrue();
        assertThat(rest.delete("a").isMissing()).isTrue();
    }

    private RestClient client(Retry retry) {
        return RestClient.create("rest", server.url("/v4").uri(), Credential.bearer(Secret.of(TOKEN)), retry);
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private static String bodyOf(RecordedRequest request) {
        return Objects.requireNonNull(request.getBody()).utf8();
    }
}
