package dev.restage.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowTest {

    @Test
    void hasTheSizeThatItWasGiven() {
        Window window = Window.of(132, 43);

        assertThat(window.columns()).isEqualTo(132);
        assertThat(window.rows()).isEqualTo(43);
    }

    @Test
    void aTerminalHasAUsableSizeWhateverItIsAsked() {
        Window window = Window.ofTerminal();

        assertThat(window.columns()).isPositive().isEqualTo(window.columns());
        assertThat(window.rows()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void noStreamButTheStandardOutputIsLive() {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);

        assertThat(Window.isLive(out, Map.of("TERM", "xterm-256color"))).isFalse();
    }

    @Test
    void aStreamHasACharset() {
        Charset charset = Window.charsetOf(new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8));

        assertThat(charset.canEncode()).isTrue();
    }
}
