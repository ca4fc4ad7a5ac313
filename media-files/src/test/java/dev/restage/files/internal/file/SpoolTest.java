package dev.restage.files.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {

    private static final int IN_MEMORY = 4 << 20;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, IN_MEMORY, IN_MEMORY + 1, 9 << 20})
    void givesBackWhatItWasGivenWhateverItsSize(int size) throws IOException {
        byte[] bytes = bytes(size);
        try (Spool spool = Spool.of(new ByteArrayInputStream(bytes))) {
            assertThat(spool.sizeBytes()).isEqualTo(size);
            for (int reading = 0; reading < 2; reading++) {
                try (InputStream stream = spool.open()) {
                    assertThat(stream.readAllBytes()).isEqualTo(bytes);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, IN_MEMORY + 100})
    void canBeReadFromAnyPlace(int size) throws IOException {
        byte[] bytes = bytes(size);
        try (Spool spool = Spool.of(new ByteArrayInputStream(bytes));
                SeekableByteChannel channel = spool.channel()) {
            ByteBuffer last = ByteBuffer.allocate(2);
            channel.position(size - 2).read(last);

            assertThat(last.array()).containsExactly(bytes[size - 2], bytes[size - 1]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, IN_MEMORY + 100})
    void isAFileForWhoeverReadsNothingElseAndGoesWhenItIsClosed(int size) throws IOException {
        Path file;
        try (Spool spool = Spool.of(new ByteArrayInputStream(bytes(size)))) {
            file = spool.path();
            assertThat(file).hasBinaryContent(bytes(size));
            assertThat(spool.path()).isEqualTo(file);
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void isWrittenInPieces() throws IOException {
        try (Spool spool = new Spool()) {
            spool.write('a');
            spool.write(new byte[] {'x', 'b', 'c', 'x'}, 1, 2);
            spool.write(0xFF);
            spool.finish();

            try (InputStream stream = spool.open()) {
                assertThat(stream.readAllBytes()).containsExactly('a', 'b', 'c', 0xFF);
            }
        }
    }

    @Test
    void isHeldInMemoryAsFarAsItsFormatAllows() throws Exception {
        try (Spool spool = Spool.of(new ByteArrayInputStream(bytes(3 << 20)))) {
            assertThat(spool.inMemory(3 << 20)).hasSize(3 << 20);
            assertThatThrownBy(() -> spool.inMemory((3 << 20) - 1))
                    .isInstanceOf(UncleanException.class)
                    .hasMessage("is larger than 2 MB, the most that is cleaned of its format");
        }
        try (Spool large = Spool.of(new ByteArrayInputStream(bytes(5 << 20)))) {
            assertThat(large.inMemory(5 << 20)).isEqualTo(bytes(5 << 20));
        }
    }

    @Test
    void passesOnThatAStreamBrokeOff() {
        InputStream breaking = new SequenceInputStream(Collections.emptyEnumeration()) {
            private int given;

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                if (given > IN_MEMORY) {
                    throw new IOException("Connection reset");
                }
                given += length;
                return length;
            }
        };
        assertThatThrownBy(() -> Spool.of(breaking)).hasMessage("Connection reset");
    }

    @Test
    void mayBeClosedTwice() throws IOException {
        Spool spool = Spool.of(new ByteArrayInputStream(bytes(IN_MEMORY + 1)));
        Path file = spool.path();

        spool.close();
        spool.close();

        assertThat(file).doesNotExist();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }
}
