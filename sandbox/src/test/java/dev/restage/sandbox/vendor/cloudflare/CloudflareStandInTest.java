package dev.restage.sandbox.vendor.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.restage.sandbox.vendor.Call;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudflareStandInTest {

    @AutoClose
    private final CloudflareStandIn cloudflare = new CloudflareStandIn("t0ken");

    private final String zone = cloudflare.addZone("example.com");

    @Test
    void remembersWhatWasPurged() {
        Call hosts = purge("{\"hosts\":[\"staging.example.com\"]}");
        Call files =
                purge("{\"files\":[{\"url\":\"https://example.com/a\",\"headers\":{}},\"https://example.com/b\"]}");
        Call everything = purge("{\"purge_everything\":true}");

        assertThat(List.of(hosts, files, everything)).extracting(Call::status).containsOnly(200);
        assertThat(hosts.json().path("result").path("id").asString()).isEqualTo(zone);
        assertThat(cloudflare.purges())
                .extracting(Purge::zone, Purge::kind, Purge::values)
                .containsExactly(
                        tuple(zone, "hosts", List.of("staging.example.com")),
                        tuple(zone, "files", List.of("https://example.com/a", "https://example.com/b")),
                        tuple(zone, "purge_everything", List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 1012",
                "not json | 1012",
                "{\"hosts\":[\"example.com\"],\"purge_everything\":true} | 1092",
                "{\"purge_everything\":false} | 1013",
                "{\"files\":\"https://example.com/\"} | 1014",
                "{\"files\":[]} | 1014",
                "{\"files\":[\"https://other.org/\"]} | 1082",
                "{\"hosts\":[\"https://example.com\"]} | 1115",
                "{\"hosts\":[\"notexample.com\"]} | 1082",
                "{\"prefixes\":[\"https://example.com/a\"]} | 1115"
            })
    void refusesABodyThatIsNotExactlyOneKind(String body, int code) {
        Call call = purge(body);

        assertThat(call.status()).isEqualTo(400);
        assertThat(call.json().path("success").asBoolean()).isFalse();
        assertThat(call.json().path("result").isNull()).isTrue();
        assertThat(call.json().path("errors").path(0).path("code").asInt()).isEqualTo(code);
        assertThat(cloudflare.purges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Bearer wrong, 403, 10000", "t0ken, 400, 6003", "'', 400, 6003"})
    void refusesABadToken(String authorization, int status, int code) {
        Call call = Call.send(cloudflare.endpoint(), authorization, "GET /zones", "");

        assertThat(call.status()).isEqualTo(status);
        assertThat(call.json().path("errors").path(0).path("code").asInt()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"z1, 404, 7003", "0123456789abcdef0123456789abcdef, 403, 9109"})
    void refusesAZoneThatIsNotThere(String id, int status, int code) {
        Call call = call("POST /zones/" + id + "/purge_cache", "{\"purge_everything\":true}");

        assertThat(call.status()).isEqualTo(status);
        assertThat(call.json().path("errors").path(0).path("code").asInt()).isEqualTo(code);
    }

    @Test
    void findsZonesByNameAndEndsTheListWithAnEmptyPage() {
        cloudflare.addZone("example.org");

        Call found = call("GET /zones?name=example.com", "");
        Call past = call("GET /zones?page=2", "");

        assertThat(found.json().path("result")).hasSize(1);
        assertThat(found.json().path("result").path(0).path("id").asString()).isEqualTo(zone);
        assertThat(past.json().path("result")).isEmpty();
        assertThat(past.json().path("result_info").path("total_count").asInt()).isEqualTo(2);
        assertThat(call("GET /zones/" + zone, "")
                        .json()
                        .path("result")
                        .path("name")
                        .asString())
                .isEqualTo("example.com");
        assertThat(call("GET /user/tokens/verify", "")
                        .json()
                        .path("result")
                        .path("status")
                        .asString())
                .isEqualTo("active");
    }

    private Call purge(String body) {
        return call("POST /zones/" + zone + "/purge_cache", body);
    }

    private Call call(String line, String body) {
        return Call.send(cloudflare.endpoint(), "Bearer t0ken", line, body);
    }
}
