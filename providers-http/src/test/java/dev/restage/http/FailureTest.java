package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final RestRequest GET = RestRequest.get("zones/z1?page=2");
    private static final RestRequest POST = RestRequest.post("zones/z1/purge_cache");

    @ParameterizedTest
    @CsvSource({
        "400, FAILED",
        "401, DENIED",
        "402, FAILED",
        "403, DENIED",
        "404, NOT_FOUND",
        "405, FAILED",
        "408, UNAVAILABLE",
        "409, CONFLICT",
        "410, NOT_FOUND",
        "422, CONFLICT",
        "429, THROTTLED",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
        "599, UNAVAILABLE"
    })
    void everyStatusHasItsKind(int status, Kind kind) {
        assertThat(Failure.kindOf(answer(status, ""))).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You have exceeded a secondary rate limit.",
                "API Rate Limit exceeded for user",
                "You have triggered an abuse detection mechanism"
            })
    void aRefusalThatSpeaksOfALimitIsOne(String message) {
        assertThat(Failure.kindOf(answer(403, "{\"message\": \"%s\"}".formatted(message))))
                .isEqualTo(Kind.THROTTLED);
    }

    @Test
    void aRefusalWithHeadersOfALimitIsOne() {
        assertThat(Failure.kindOf(answer(403, "no", "retry-after", "60"))).isEqualTo(Kind.THROTTLED);
        assertThat(Failure.kindOf(answer(403, "no", "x-ratelimit-remaining", "0")))
                .isEqualTo(Kind.THROTTLED);
        assertThat(Failure.kindOf(answer(403, "no", "x-ratelimit-remaining", "17")))
                .isEqualTo(Kind.DENIED);
        assertThat(Failure.kindOf(answer(404, "no", "retry-after", "60"))).isEqualTo(Kind.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({"60, 60", "0, 0", "'Mon, 30 Nov 2026 12:01:30 GMT', 90", "'Mon, 30 Nov 2026 11:00:00 GMT', 0"})
    void readsHowLongAVendorAsksToWait(String header, long seconds) {
        assertThat(asked("retry-after", header)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1.5", "9999999999999", "Mon, 31 Feb 2026 12:00:00 GMT"})
    void aPauseThatIsNotUnderstoodIsNone(String header) {
        assertThat(asked("retry-after", header)).isEmpty();
    }

    @Test
    void anEmptyAllowanceIsWaitedForUntilItIsFilled() {
        String reset = Long.toString(NOW.plusSeconds(45).getEpochSecond());
        String past = Long.toString(NOW.minusSeconds(45).getEpochSecond());

        assertThat(asked("x-ratelimit-remaining", "0", "x-ratelimit-reset", reset))
                .contains(Duration.ofSeconds(45));
        assertThat(asked("x-ratelimit-remaining", "0", "x-ratelimit-reset", past))
                .contains(Duration.ZERO);
        assertThat(asked("x-ratelimit-remaining", "0")).isEmpty();
        assertThat(asked("x-ratelimit-remaining", "3", "x-ratelimit-reset", reset))
                .isEmpty();
    }

    @Test
    void whatAVendorAsksForCountsBeforeItsAllowance() {
        String reset = Long.toString(NOW.plusSeconds(45).getEpochSecond());

        assertThat(asked("retry-after", "2", "x-ratelimit-remaining", "0", "x-ratelimit-reset", reset))
                .contains(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"message": "no such zone"}                                            | no such zone
            {"error": "denied", "error_description": "the token is old"}           | the token is old; denied
            {"message": "same", "error": "same"}                                   | same
            {"errors": [{"code": 1003, "message": "bad id"}, "and more"]}          | bad id (1003); and more
            {"errors": [{"resource": "Branch", "field": "name", "code": "taken"}]} | Branch name taken
            {"message": "invalid", "errors": []}                                   | invalid
            "a text"                                                               | a text
            <html><body><h1>502</h1> bad gateway</body></html>                     | 502 bad gateway
            """)
    void quotesTheWordsOfAVendorInWhateverFormItHasThem(String body, String words) {
        assertThat(message(answer(400, body), GET, Kind.FAILED))
                .isEqualTo(
                        "cloudflare answered 400 to GET zones/z1: %s; the call itself is not accepted, so running again does not help",
                        words);
    }

    @Test
    void anAnswerWithoutWordsIsNamedByItsStatus() {
        assertThat(message(answer(503, ""), GET, Kind.UNAVAILABLE))
                .isEqualTo("cloudflare answered 503 to GET zones/z1; run again when the service is well");
    }

    @Test
    void namesTheRightsThatAreMissingAndNoOthers() {
        RestResponse refusal = answer(403, "", "x-accepted-github-permissions", "actions=write");

        assertThat(message(refusal, POST, Kind.DENIED)).endsWith("may do this (it needs: actions=write)");
        assertThat(message(refusal, POST, Kind.THROTTLED)).doesNotContain("it needs");
        assertThat(message(answer(403, "", "x-accepted-oauth-scopes", " "), POST, Kind.DENIED))
                .doesNotContain("it needs");
    }

    @Test
    void namesTheRequestThatAVendorsSupportAsksFor() {
        assertThat(message(answer(500, "", "request-id", "r-17", "cf-ray", "8f"), GET, Kind.UNAVAILABLE))
                .endsWith(" [request r-17]");
    }

    @Test
    void onlyAWritingCallThatTheServerFailedAtMayHaveDoneSomething() {
        assertThat(failure(answer(500, ""), GET).effect()).isEqualTo(Effect.NONE);
        assertThat(failure(answer(404, ""), POST).effect()).isEqualTo(Effect.NONE);
        assertThat(failure(answer(500, ""), POST).effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void aVendorThatQuotesTheCredentialIsNotQuoted() {
        Credential credential = Credential.basic("ada", Secret.of("pa55word"));
        String quoting = "bad credential pa55word as in " + credential.secrets().get(0);

        assertThat(Failure.answered("heroku", GET, answer(401, quoting), Kind.DENIED, credential))
                .hasMessageContaining("bad credential *** as in ***")
                .hasMessageNotContaining("pa55word");
    }

    @Test
    void aMachineThatGivesNoAnswerIsNamed() {
        ProviderException reading =
                Failure.unreachable("github", GET, "api.github.test", new SocketTimeoutException("timeout"));
        ProviderException writing = Failure.unreachable("github", POST, "api.github.test", new IOException());

        assertThat(reading)
                .hasMessage("github gave no answer to GET zones/z1: timeout; check that api.github.test can be reached"
                        + " from here, then run again")
                .returns(Kind.UNAVAILABLE, ProviderException::kind)
                .returns(Effect.NONE, ProviderException::effect);
        assertThat(writing)
                .hasMessageContaining("purge_cache: IOException;")
                .returns(Effect.UNKNOWN, ProviderException::effect);
    }

    private static Optional<Duration> asked(String... headers) {
        return Failure.askedPause(answer(429, "", headers), NOW);
    }

    private static String message(RestResponse response, RestRequest request, Kind kind) {
        return String.valueOf(Failure.answered("cloudflare", request, response, kind, Credential.none())
                .getMessage());
    }

    private static ProviderException failure(RestResponse response, RestRequest request) {
        return Failure.answered("cloudflare", request, response, Failure.kindOf(response), Credential.none());
    }

    private static RestResponse answer(int status, String body, String... headers) {
        Map<String, String> all = headers.length == 0
                ? Map.of()
                : headers.length == 2
                        ? Map.of(headers[0], headers[1])
                        : headers.length == 4
                                ? Map.of(headers[0], headers[1], headers[2], headers[3])
                                : Map.of(headers[0], headers[1], headers[2], headers[3], headers[4], headers[5]);
        return new RestResponse("cloudflare", GET, status, all, body);
    }
}
