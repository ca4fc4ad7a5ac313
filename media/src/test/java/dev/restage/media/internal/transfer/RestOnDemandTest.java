package dev.restage.media.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RestOnDemandTest {

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void asksForNothingWhileNobodyReadsBeyondTheBeginning() throws IOException {
        try (InputStream content = content()) {
            assertThat(content.readNBytes(3))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("abc");
        }

        assertThat(asked).hasValue(0);
        assertThat(closed).hasValue(1);
    }

    @Test
    void asksForTheRestOnceAndGoesOn() throws IOException {
        try (InputStream content = content()) {
            assertThat(content.readAllBytes())
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("abcdef");
            assertThat(content.read()).isEqualTo(-1);
        }

        assertThat(asked).hasValue(1);
        assertThat(closed).hasValue(2);
    }

    @Test
    void aBeginningThatEndsEarlyIsTheEnd() throws IOException {
        try (InputStream content = new RestOnDemand(stream("ab"), 3, this::rest)) {
            assertThat(content.readAllBytes()).hasSize(2);
        }

        assertThat(asked).hasValue(0);
    }

    private InputStream content() {
        return new RestOnDemand(stream("abc"), 3, this::rest);
    }

    private InputStream rest() {
        asked.incrementAndGet();
        return stream("def");
    }

    private InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }
}
