package dev.restage.sandbox.vendor.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.vendor.Call;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The limits of a purge, pages of zones, and the rate. */
class PurgeLimitsTest {

    @AutoClose
    private final CloudflareStandIn cloudflare = new CloudflareStandIn("t0ken");

    private final String zone = cloudflare.addZone("Example.com");

    @ParameterizedTest
    @CsvSource({
        "files, https://example.com/, 1094",
        "tags, tag, 1101",
        "hosts, h.example.com, 1111",
        "prefixes, example.com/, 1111"
    })
    void takes100OfEachKindAndNotOneMore(String kind, String item, int code) {
        assertThat(purge(many(kind, item, 100)).status()).isEqualTo(200);

        Call refused = purge(many(kind, item, 101));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(code(refused)).isEqualTo(code);
        assertThat(cloudflare.purges()).hasSize(1);
        assertThat(cloudflare.purges().get(0).values()).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tags\":[\"two words\"]} | 1100",
                "{\"tags\":[1]} | 1014",
                "{\"files\":[{\"headers\":{}}]} | 1014",
                "{\"files\":[\"not a url\"]} | 1082",
                "{\"files\":[\"/relative\"]} | 1082",
                "{\"hosts\":[\"example.com:443\"]} | 1115",
                "{\"hosts\":[\"*.example.com\"]} | 1115",
                "{\"prefixes\":[\"example.com/a?b\"]} | 1115",
                "{\"prefixes\":[\"example.com/#a\"]} | 1115",
                "{\"prefixes\":[\"example.org/a\"]} | 1082",
                "{\"purge_everything\":\"true\"} | 1013",
                "{\"urls\":[]} | 1012",
                "[] | 1012"
            })
    void refusesAnItemThatIsNoneOfTheZone(String body, int code) {
        assertThat(code(purge(body))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"hosts\":[\"EXAMPLE.com\",\"a.b.example.com\"]}",
                "{\"prefixes\":[\"example.com/a/b\",\"www.example.com\"]}",
                "{\"tags\":[\"a-b_c\"]}",
                "{\"files\":[\"http://www.example.com/a?b=c#d\"]}"
            })
    void takesWhatIsOfTheZone(String body) {
        assertThat(purge(body).json().path("success").asBoolean()).isTrue();
    }

    @Test
    void aTagHas1024Letters() {
        assertThat(purge("{\"tags\":[\"%s\"]}".formatted("t".repeat(1024))).status())
                .isEqualTo(200);
        assertThat(code(purge("{\"tags\":[\"%s\"]}".formatted("t".repeat(1025)))))
                .isEqualTo(1100);
    }

    @Test
    void aSoftPurgeIsCheckedAndNotKept() {
        String line = "POST /zones/%s/invalidate_cache".formatted(zone);

        assertThat(call(line, "{\"purge_everything\":true}").status()).isEqualTo(200);
        assertThat(code(call(line, "{}"))).isEqualTo(1012);
        assertThat(cloudflare.purges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 20, 1, 20",
        "per_page=50, 23, 1, 50",
        "per_page=500, 23, 1, 50",
        "per_page=1, 5, 1, 5",
        "per_page=5&page=5, 3, 5, 5",
        "per_page=5&page=0, 5, 1, 5",
        "status=pending, 0, 1, 20",
        "name=equal:example.com, 1, 1, 20",
        "name=EXAMPLE.COM, 1, 1, 20",
        "name=ample.com, 0, 1, 20"
    })
    void pagesOfZonesHaveFrom5To50(String query, int count, int page, int perPage) {
        IntStream.range(0, 22).forEach(i -> cloudflare.addZone("zone%d.example".formatted(i)));

        JsonNode answer = call("GET /zones?" + query, "").json();

        assertThat(answer.path("result")).hasSize(count);
        assertThat(answer.path("result_info").path("count").asInt()).isEqualTo(count);
        assertThat(answer.path("result_info").path("page").asInt()).isEqualTo(page);
        assertThat(answer.path("result_info").path("per_page").asInt()).isEqualTo(perPage);
    }

    @Test
    void tellsItsRateAndRefusesBeyondIt() {
        cloudflare.faults().throttle("POST *", 1, Duration.ofSeconds(3));

        Call refused = purge("{\"purge_everything\":true}");
        Call accepted = purge("{\"purge_everything\":true}");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("3");
        assertThat(code(refused)).isEqualTo(971);
        assertThat(accepted.header("Ratelimit")).isEqualTo("\"default\";r=1199;t=300");
        assertThat(cloudflare.purges()).hasSize(1);
    }

    @Test
    void aPathThatIsNoneIsNotRouted() {
        Call call = call("GET /nothing", "");

        assertThat(call.status()).isEqualTo(404);
        assertThat(code(call)).isEqualTo(7003);
        assertThat(call.json().path("errors").path(0).path("message").asString())
                .startsWith("Could not route to /client/v4/nothing");
    }

    private static String many(String kind, String item, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + item + "\"")
                .collect(Collectors.joining(",", "{\"" + kind + "\":[", "]}"));
    }

    private static int code(Call call) {
        return call.json().path("errors").path(0).path("code").asInt();
    }

    private Call purge(String body) {
        return call("POST /zones/" + zone + "/purge_cache", body);
    }

    private Call call(String line, String body) {
        return Call.send(cloudflare.endpoint(), "Bearer t0ken", line, body);
    }
}
