package dev.restage.sandbox.vendor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.vendor.Call;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a webhook takes of blocks, attachments and forms. */
class WebhookLimitsTest {

    private static final String JSON = "application/json";

    @AutoClose
    private final WebhookStandIn chat = new WebhookStandIn();

    private final URI hook = chat.hook("team");

    @ParameterizedTest
    @CsvSource({
        "blocks, 50, 200, ok",
        "blocks, 51, 400, invalid_blocks",
        "attachments, 100, 200, ok",
        "attachments, 101, 400, too_many_attachments"
    })
    void countsBlocksAndAttachments(String member, int count, int status, String word) {
        String items = String.join(",", Collections.nCopies(count, "{\"type\":\"divider\"}"));

        Call call = post("{\"%s\":[%s]}".formatted(member, items), JSON);

        assertThat(call.status()).isEqualTo(status);
        assertThat(call.body()).isEqualTo(word);
        assertThat(call.header("Content-Type")).startsWith("text/plain");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"blocks\":{}} | invalid_blocks_format",
                "{\"blocks\":[{}]} | invalid_blocks",
                "{\"text\":\" \"} | no_text",
                "{\"blocks\":[]} | no_text",
                "[] | invalid_payload",
                "text=hello | invalid_payload"
            })
    void refusesInOneWord(String body, String word) {
        assertThat(post(body, JSON).body()).isEqualTo(word);
        assertThat(chat.messages()).isEmpty();
    }

    @Test
    void aFormCarriesItsPayload() {
        String form = "application/x-www-form-urlencoded";

        assertThat(post("payload=%7B%22text%22%3A%22a+%26+b%22%7D", form).body())
                .isEqualTo("ok");
        assertThat(post("other=1", form).body()).isEqualTo("invalid_payload");
        assertThat(chat.messages()).extracting(ChatMessage::text).containsExactly("a & b");
    }

    @Test
    void twoHooksAreTwoChannels() {
        URI other = chat.hook("other");

        post("{\"text\":\"one\"}", JSON);
        Call.send(other, "", "POST ", "{\"text\":\"two\"}", "Content-Type", JSON);

        assertThat(chat.messages()).extracting(ChatMessage::channel).containsExactly(hook.getPath(), other.getPath());
        assertThat(chat.messages()).extracting(ChatMessage::json).startsWith("{\"text\":\"one\"}");
    }

    @Test
    void asksWhoPostsTooOftenToWait() {
        chat.faults().throttle("POST *", 1, Duration.ofSeconds(1));

        Call call = post("{\"text\":\"one\"}", JSON);

        assertThat(call.status()).isEqualTo(429);
        assertThat(call.header("Retry-After")).isEqualTo("1");
        assertThat(call.body()).isEqualTo("rate_limited");
        assertThat(chat.messages()).isEmpty();
    }

    private Call post(String body, String type) {
        return Call.send(hook, "", "POST ", body, "Content-Type", type);
    }
}
