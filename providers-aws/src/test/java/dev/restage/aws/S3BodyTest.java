package dev.restage.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.aws.internal.wire.S3Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3BodyTest {

    private static final int SIZE = 1 << 20;

    @ParameterizedTest
    @CsvSource({"0, true", "1000, true", "1000000, false", "1048576, false"})
    void givesUpTheConnectionOnlyWhereMuchIsLeft(int read, boolean aborted) throws IOException {
        AtomicBoolean abort = new AtomicBoolean();
        S3Body body = new S3Body(new ByteArrayInputStream(new byte[SIZE]), "a", SIZE, null, () -> abort.set(true));

        body.readNBytes(read);
        body.close();

        assertThat(abort.get()).isEqualTo(aborted);
    }

    @Test
    void leavesTheStoreUsableAfterReadingsThatEndEarly() throws IOException {
        try (S3Buckets buckets = new S3Buckets()) {
            buckets.server.put(S3Buckets.PRODUCTION, "large", "video/mp4", new byte[8 * SIZE]);
            var store = buckets.production();
            for (int i = 0; i < 300; i++) {
                try (var content = store.open(store.list("").next())) {
                    assertThat(content.stream().read()).isZero();
                }
            }
        }
    }
}
