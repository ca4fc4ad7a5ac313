package dev.restage.sandbox.vendor.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.Refusal;
import dev.restage.sandbox.vendor.internal.Requests;
import dev.restage.sandbox.vendor.internal.VendorReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version .. | 200 | 1 2 3 4 5",
                "version ..; max=2 | 206 | 1 2",
                "version ]2..; max=2 | 206 | 3 4",
                "version 2..; max=2 | 206 | 2 3",
                "version ]3..; max=9 | 200 | 4 5",
                "version ..; max=1, order=desc | 206 | 5",
                "version ]4..; order=desc,max=2 | 206 | 3 2",
                "version ]5..; max=2 | 200 | ''",
                "version ]99..; max=2 | 200 | ''"
            })
    void cutsAList(String range, int status, String versions) {
        VendorReply reply = page(range, 5);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.headers()).containsEntry("Accept-Ranges", "version");
        assertThat(String.join(" ", versions(reply))).isEqualTo(versions.replace("''", ""));
        assertThat(reply.headers().containsKey("Next-Range")).isEqualTo(status == 206);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version ..; max=2", "version ..; max=3, order=desc", "version ..; max=7", "version .."})
    void theNextRangeLeadsThroughTheWholeList(String range) {
        List<String> all = new ArrayList<>();
        VendorReply reply = page(range, 7);
        all.addAll(versions(reply));
        while (reply.headers().containsKey("Next-Range")) {
            reply = page(reply.headers().get("Next-Range"), 7);
            all.addAll(versions(reply));
        }

        assertThat(all)
                .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7")
                .doesNotHaveDuplicates();
    }

    @Test
    void aPageHasTwoHundredItemsAndAtMostAThousand() {
        assertThat(versions(page("version ..", 1500))).hasSize(200);
        assertThat(versions(page("version ..; max=5000", 1500))).hasSize(1000);
        assertThat(page("version ..", 200).status()).isEqualTo(200);
    }

    @Test
    void namesWhatItShows() {
        assertThat(page("version ]2..; max=2", 5).headers())
                .containsEntry("Content-Range", "version 3..4")
                .containsEntry("Next-Range", "version ]4..; max=2");
        assertThat(page("version ..; max=2, order=desc", 5).headers())
                .containsEntry("Next-Range", "version ]4..; max=2, order=desc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1", "name ..", "version", "version 1-2"})
    void refusesARangeOfSomethingElse(String range) {
        assertThatThrownBy(() -> page(range, 5)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reply().status()).isEqualTo(416);
            assertThat(body(refusal.reply())).contains("requested_range_not_satisfiable");
        });
    }

    private static VendorReply page(String range, int size) {
        List<Map<String, @Nullable Object>> items = IntStream.rangeClosed(1, size)
                .mapToObj(version -> Json.of("version", version))
                .toList();
        return Ranges.page(Requests.get("/releases", "", "range", range), "version", items);
    }

    private static List<String> versions(VendorReply reply) {
        return Json.parse(body(reply))
                .valueStream()
                .map(item -> item.path("version").asString())
                .toList();
    }

    private static String body(VendorReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
