package dev.restage.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.media.MediaSyncResult;
import dev.restage.sandbox.s3.S3Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Keys of every kind that S3 takes, from one bucket to another. */
class AwkwardKeysTest {

    private static final int KEYS = 10_000;
    private static final long SEED = 20261126;

    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "Z",
            "0",
            "/",
            "//",
            "..",
            ".",
            " ",
            "  ",
            "+",
            "%",
            "%2F",
            "%zz",
            "\n",
            "\r",
            "\t",
            "\u0001",
            "\u007f",
            "\\",
            "\"",
            "'",
            "<",
            ">",
            "&",
            "&amp;",
            "#",
            "?",
            "=",
            ";",
            ":",
            "*",
            "~",
            "@",
            "$",
            ",",
            "|",
            "{",
            "}",
            "[",
            "^",
            "`",
            "\u00e9",
            "e\u0301",
            "\u0141",
            "\u05e9",
            "\u3042",
            "\ud7ff",
            "\ue000",
            "\uff5e",
            "\ufffd",
            "\ud83d\ude00",
            "\udbff\udfff",
            "original_images/",
            ".jpg");

    @AutoClose
    private final S3Buckets buckets = new S3Buckets();

    @Test
    void syncsTenThousandKeysAsTheyAre() {
        Map<String, String> types = fillProduction();
        buckets.put(S3Buckets.STAGING, "surplus \uD83D\uDE00", "old");
        buckets.put(S3Buckets.STAGING, "a", "another one");

        MediaSyncResult result = buckets.sync(S3Buckets.MIRROR);

        assertThat(result.copiedObjects()).isEqualTo(types.size());
        assertThat(result.deletedObjects()).isEqualTo(1);
        assertThat(buckets.server.keys(S3Buckets.STAGING)).isEqualTo(new TreeSet<>(types.keySet()));
        types.forEach((key, type) -> {
            assertThat(buckets.get(S3Buckets.STAGING, key)).as(key).isEqualTo(content(key));
            assertThat(buckets.server.headers(S3Buckets.STAGING, key)).as(key).containsEntry("content-type", type);
        });
        Map<S3Operation, Long> again = buckets.requests(
                () -> assertThat(buckets.sync(S3Buckets.MIRROR).copiedObjects()).isZero());
        assertThat(again).containsOnlyKeys(S3Operation.LIST_OBJECTS_V2);
    }

    private Map<String, String> fillProduction() {
        Map<String, String> types = new HashMap<>();
        for (String key : keys()) {
            String type = key.hashCode() % 2 == 0 ? "image/jpeg" : "text/plain; charset=utf-8";
            types.put(key, type);
            buckets.server.put(S3Buckets.PRODUCTION, key, type, content(key).getBytes(StandardCharsets.UTF_8));
        }
        return types;
    }

    /** Some are empty, but not those that would then be taken for a mere sign that there is a folder. */
    private static String content(String key) {
        return key.hashCode() % 7 == 0 && !key.endsWith("/") ? "" : "content of " + key;
    }

    private static Set<String> keys() {
        SplittableRandom random = new SplittableRandom(SEED);
        Set<String> keys =
                new TreeSet<>(List.of("a", "a/b", "a/b/c", "a/", "a//", "/", "//", "..", "../a", "/a", " ", "+"));
        List<String> made = new ArrayList<>(keys);
        while (keys.size() < KEYS) {
            String key = random.nextInt(4) == 0
                    ? made.get(random.nextInt(made.size())) + "/" + text(random, 3)
                    : text(random, random.nextInt(50) == 0 ? 600 : 12);
            String fitting = fit(key, random.nextInt(100) == 0);
            if (!fitting.isEmpty() && keys.add(fitting)) {
                made.add(fitting);
            }
        }
        return keys;
    }

    private static String text(SplittableRandom random, int most) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(most);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** Cuts a key to what S3 takes, or fills it up to that: 1024 bytes. */
    private static String fit(String key, boolean fill) {
        StringBuilder fitting = new StringBuilder();
        int bytes = 0;
        for (int codePoint : key.codePoints().toArray()) {
            int length = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
            if (bytes + length > 1024) {
                return fitting.toString();
            }
            fitting.appendCodePoint(codePoint);
            bytes += length;
        }
        return fill ? fitting + "x".repeat(1024 - bytes) : fitting.toString();
    }
}
