package dev.restage.sandbox.vendor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.vendor.Call;
import dev.restage.sandbox.vendor.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandInServerTest {

    private static final String TOKEN = "Bearer t0ken";

    @AutoClose
    private final StandInServer server = new StandInServer("test", new PlainManners());

    private final AtomicInteger done = new AtomicInteger();

    StandInServerTest() {
        server.route("GET /apps/{app}", request -> text("app " + request.parameter("app")))
                .route(
                        "GET /apps/{app}/logs/{path...}",
                        request -> text(request.parameters().toString()))
                .route("POST /work", request -> text("done " + done.incrementAndGet()))
                .route("GET /empty", request -> VendorReply.empty(204))
                .route("GET /refuse", request -> {
                    throw new Refusal(VendorReply.text(422, "text/plain", "no"));
                })
                .route("GET /break", request -> {
                    throw new IOException("broken");
                })
                .open("GET /secret/{id}", request -> text("open"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /apps/acme | 200 | app acme",
                "GET /apps/a%2Fb+c%20d | 200 | app a/b+c d",
                "GET /apps/acme?app=other | 200 | app acme",
                "GET /apps/acme/logs/a/b%20c | 200 | {app=acme, path=a/b c}",
                "GET /apps | 404 | nothing at /apps",
                "GET /apps/ | 404 | nothing at /apps/",
                "GET /apps/acme/logs/ | 404 | nothing at /apps/acme/logs/",
                "POST /apps/acme | 404 | nothing at /apps/acme",
                "GET /refuse | 422 | no",
                "GET /secret/1 | 200 | open"
            })
    void findsARouteByMethodAndPath(String line, int status, String body) {
        Call call = call(TOKEN, line);

        assertThat(call.status()).isEqualTo(status);
        assertThat(call.body()).isEqualTo(body);
        assertThat(call.header("X-Dressed")).isEqualTo("yes");
    }

    @Test
    void whoHasNoTokenSeesNeitherWhatIsThereNorWhatIsNot() {
        assertThat(call("", "GET /apps/acme").status()).isEqualTo(401);
        assertThat(call("", "GET /nothing").status()).isEqualTo(401);
        assertThat(call("", "GET /secret/1").body()).isEqualTo("open");
    }

    @Test
    void anAnswerMayHaveNoBody() {
        Call call = call(TOKEN, "GET /empty");

        assertThat(call.status()).isEqualTo(204);
        assertThat(call.body()).isEmpty();
    }

    @Test
    void aRouteThatBreaksEndsTheConnection() {
        assertThatThrownBy(() -> call(TOKEN, "GET /break")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void remembersWhatWasSentAlsoWhatWasRefused() {
        Call.send(server.url(), TOKEN, "POST /work?a=1&b=%20", "text", "X-One", "1", "X-One", "2");
        call("", "GET /nothing");

        assertThat(server.requests()).extracting(RecordedRequest::line).containsExactly("POST /work", "GET /nothing");
        RecordedRequest first = server.requests().get(0);
        assertThat(first.query()).isEqualTo("a=1&b=%20");
        assertThat(first.body()).isEqualTo("text");
        assertThat(first.headers()).containsEntry("x-one", "1, 2").containsEntry("authorization", TOKEN);
    }

    @Test
    void aThrottledRequestDoesNothingAndSaysForHowLong() {
        server.faults().throttle("POST /work", 2, Duration.ofSeconds(7));

        Call first = call(TOKEN, "POST /work");

        assertThat(first.status()).isEqualTo(429);
        assertThat(first.header("Retry-After")).isEqualTo("7");
        assertThat(first.body()).isEqualTo("slower: PT7S");
        assertThat(call(TOKEN, "POST /work").status()).isEqualTo(429);
        assertThat(call(TOKEN, "POST /work").body()).isEqualTo("done 1");
    }

    @Test
    void theAnswerMayBeLostAfterTheWorkWasDone() {
        server.faults().dropAfterSuccess("POST /work", 1);

        assertThatThrownBy(() -> call(TOKEN, "POST /work")).isInstanceOf(UncheckedIOException.class);
        assertThat(call(TOKEN, "POST /work").body()).isEqualTo("done 2");
    }

    @Test
    void theAnswerMayBreakOffInTheMiddle() {
        server.faults().cut("POST /work", 1, 3);

        assertThatThrownBy(() -> call(TOKEN, "POST /work")).isInstanceOf(UncheckedIOException.class);
        assertThat(done).hasValue(1);
    }

    @Test
    void anEdgeServerAnswersWithAPageAndDoesNothing() {
        server.faults().unavailable("POST /work", 1);

        Call call = call(TOKEN, "POST /work");

        assertThat(call.status()).isEqualTo(503);
        assertThat(call.header("Content-Type")).startsWith("text/html");
        assertThat(call.body()).startsWith("<!DOCTYPE html>");
        assertThat(done).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"'{}', application/json", "'[]', application/json", "oops, text/html; charset=utf-8"})
    void anAnswerOfOnesOwnIsJsonIfItLooksLikeIt(String body, String type) {
        server.faults().answer("GET *", 1, 500, body);

        Call call = call(TOKEN, "GET /apps/acme");

        assertThat(call.status()).isEqualTo(500);
        assertThat(call.header("Content-Type")).isEqualTo(type);
        assertThat(call.body()).isEqualTo(body);
    }

    @Test
    void theRightAnswerCanBeChanged() {
        server.faults().rewrite("GET /apps/*", 1, body -> body.replace("acme", "other"));

        assertThat(call(TOKEN, "GET /apps/acme").body()).isEqualTo("app other");
        assertThat(call(TOKEN, "GET /apps/acme").body()).isEqualTo("app acme");
    }

    @Test
    void faultsWaitForTheirRequestsInTheOrderInWhichTheyCame() {
        server.faults().answer("* /apps/a*", 1, 500, "first");
        server.faults().answer("get /apps/acme", 1, 501, "second");

        assertThat(call(TOKEN, "GET /apps/b").status()).isEqualTo(200);
        assertThat(call(TOKEN, "GET /apps/acme").body()).isEqualTo("first");
        assertThat(call(TOKEN, "GET /apps/acme").body()).isEqualTo("second");
        assertThat(call(TOKEN, "GET /apps/acme").status()).isEqualTo(200);
    }

    @Test
    void aFaultCanBeTakenBack() {
        server.faults().unavailable("GET *", 5);
        server.faults().clear();

        assertThat(call(TOKEN, "GET /apps/acme").status()).isEqualTo(200);
    }

    @Test
    void aFaultIsAboutTheWholeLineAndItsSignsAreLiteral() {
        server.faults().unavailable("GET /apps/a.me", 1);
        server.faults().unavailable("GET /apps", 1);

        assertThat(call(TOKEN, "GET /apps/acme").status()).isEqualTo(200);
    }

    private Call call(String authorization, String line) {
        return Call.send(server.url(), authorization, line, "");
    }

    private static VendorReply text(String text) {
        return VendorReply.text(200, "text/plain", text);
    }

    private static final class PlainManners implements StandInServer.Manners {

        @Override
        public boolean admits(VendorRequest request) {
            return request.token().equals(Optional.of("t0ken"));
        }

        @Override
        public VendorReply unauthorized(VendorRequest request) {
            return VendorReply.json(401, Map.of("id", "unauthorized"));
        }

        @Override
        public VendorReply notFound(VendorRequest request) {
            return VendorReply.text(
                    404, "text/plain", "nothing at " + request.sent().path());
        }

        @Override
        public VendorReply throttled(Duration retryAfter) {
            return VendorReply.text(429, "text/plain", "slower: " + retryAfter);
        }

        @Override
        public VendorReply dressed(VendorReply reply) {
            return reply.with("X-Dressed", "yes");
        }
    }
}
