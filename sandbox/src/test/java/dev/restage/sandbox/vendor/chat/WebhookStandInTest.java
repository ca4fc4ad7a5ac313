package dev.restage.sandbox.vendor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.vendor.Call;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookStandInTest {

    @AutoClose
    private final WebhookStandIn slack = new WebhookStandIn();

    private final URI hook = slack.hook("team");

    @Test
    void answersOkInPlainTextAndRemembersTheMessage() {
        Call call = post("{\"text\":\"<!here> hi\"}");

        assertThat(call.status()).isEqualTo(200);
        assertThat(call.body()).isEqualTo("ok");
        assertThat(call.header("content-type")).startsWith("text/plain");
        assertThat(slack.messages()).extracting(ChatMessage::text).containsExactly("<!here> hi");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | invalid_payload",
                "[] | invalid_payload",
                "{} | no_text",
                "{\"blocks\":7} | invalid_blocks_format",
                "{\"blocks\":[{}]} | invalid_blocks"
            })
    void refusesInOneWordWhatItCannotShow(String body, String word) {
        Call call = post(body);

        assertThat(call.status()).isEqualTo(400);
        assertThat(call.body()).isEqualTo(word);
        assertThat(slack.messages()).isEmpty();
    }

    @Test
    void knowsOnlyItsOwnHooks() {
        Call call = Call.send(URI.create(hook + "x"), "", "POST ", "{\"text\":\"hi\"}");

        assertThat(call.status()).isEqualTo(404);
        assertThat(call.body()).isEqualTo("no_service");
    }

    @Test
    void misbehavesAsOftenAsTold() {
        slack.faults().throttle("POST *", 1, Duration.ofSeconds(2));
        slack.faults().dropAfterSuccess("POST *", 1);

        Call throttled = post("{\"text\":\"first\"}");
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.header("retry-after")).isEqualTo("2");
        assertThatThrownBy(() -> post("{\"text\":\"second\"}")).isInstanceOf(UncheckedIOException.class);
        assertThat(post("{\"text\":\"third\"}").status()).isEqualTo(200);
        assertThat(slack.messages()).extracting(ChatMessage::text).containsExactly("second", "third");
    }

    private Call post(String body) {
        return Call.send(hook, "", "POST ", body, "Content-Type", "application/json");
    }
}
