package dev.restage.sandbox.s3.internal.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.KeyOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyOrderTest {

    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "/",
            "\u0001",
            "\u007f",
            "\u0080",
            "\u07ff",
            "\u0800",
            "\ud7ff",
            "\ue000",
            "\uffff",
            "\ud800\udc00",
            "\ud83d\ude00",
            "\udbff\udfff");

    @Test
    void isThatOfTheBytesOfUtf8() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            String one = text(random);
            String other = text(random);

            assertThat(Integer.signum(KeyOrder.UTF_8.compare(one, other)))
                    .as("%s against %s", one, other)
                    .isEqualTo(Integer.signum(bytes(one, other)));
        }
    }

    @Test
    void knowsWhatIsBehindAPrefix() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 20_000; i++) {
            String prefix = text(random) + "a";
            String other = random.nextBoolean() ? prefix + text(random) : text(random);

            boolean before = KeyOrder.UTF_8.compare(other, Prefix.behind(prefix)) < 0;

            assertThat(before).isEqualTo(other.startsWith(prefix) || bytes(other, prefix) < 0);
        }
        assertThat(Prefix.behind("a\udbff\udfff")).isEqualTo("b");
        assertThat(Prefix.behind("\ud7ff")).isEqualTo("\ue000");
    }

    private static int bytes(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(4);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
