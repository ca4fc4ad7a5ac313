package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSyncOptions.Decision;
import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SamenessTest {

    /** Of "hello" and of nothing; source: {@code md5sum}. */
    private static final String HELLO = "5d41402abc4b2a76b9719d911017c592";

    private static final String EMPTY = "d41d8cd98f00b204e9800998ecf8427e";
    private static final String PARTS = "9b2cf535f27731c974343645a3985328-3";
    private static final String OTHER_PARTS = "0cc175b9c0f1b6a831c399e269772661-5";
    private static final Instant TIME = FakeStore.TIME;

    /** Fails when it is read. */
    private static final InputStream BROKEN = new SequenceInputStream(Collections.emptyEnumeration()) {
        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            throw new IOException("Input/output error");
        }
    };

    private final Contents source = new Contents("source");
    private final Contents target = new Contents("target");
    private MediaJournal journal = MediaJournal.NONE;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Decision.class)
    void anotherSizeIsAnotherObject(Decision decision) {
        assertThat(same(decision).holds(object(5, HELLO, TIME), object(6, HELLO, TIME)))
                .isFalse();
    }

    @Test
    void oneETagIsOneContent() {
        assertThat(same(Decision.CONTENT).holds(object(5, PARTS, TIME), object(5, PARTS, TIME.plusSeconds(9))))
                .isTrue();
        assertThat(source.asked + target.asked).isZero();
    }

    @Test
    void twoPlainETagsAreTwoContentsAndNobodyIsAsked() {
        Sameness same = same(Decision.CONTENT);

        assertThat(same.isDoubtful(object(5, HELLO, TIME), object(5, EMPTY, TIME)))
                .isFalse();
        assertThat(same.holds(object(5, HELLO, TIME), object(5, EMPTY, TIME))).isFalse();
        assertThat(source.asked + target.asked).isZero();
    }

    @Test
    void whereAnETagSaysNothingChecksumsDecide() {
        source.sums.put(PARTS, "crc:1");
        target.sums.put(OTHER_PARTS, "crc:1");
        target.sums.put(HELLO, "crc:2");
        Sameness same = same(Decision.CONTENT);

        assertThat(same.isDoubtful(object(5, PARTS, TIME), object(5, OTHER_PARTS, TIME)))
                .isTrue();
        assertThat(same.holds(object(5, PARTS, TIME), object(5, OTHER_PARTS, TIME)))
                .isTrue();
        assertThat(same.holds(object(5, PARTS, TIME), object(5, HELLO, TIME))).isFalse();
    }

    /** Else two stores without checksums would hold the same of everything. */
    @Test
    void noChecksumIsNotTheSameAsNone() {
        assertThat(same(Decision.CONTENT).holds(object(5, PARTS, TIME), object(5, OTHER_PARTS, TIME)))
                .isFalse();

        target.sums.put(OTHER_PARTS, "crc:1");
        assertThat(same(Decision.CONTENT).holds(object(5, PARTS, TIME), object(5, OTHER_PARTS, TIME)))
                .isFalse();
    }

    @Test
    void asksForChecksumsOnceAndRemembers() {
        source.sums.put(PARTS, "crc:1");
        target.sums.put(OTHER_PARTS, "crc:1");
        try (MediaJournal opened = MediaJournal.open(folder, source.identity(), target.identity())) {
            journal = opened;
            same(Decision.CONTENT).holds(object(5, PARTS, TIME), object(5, OTHER_PARTS, TIME));
            int before = source.asked + target.asked;

            assertThat(same(Decision.CONTENT).holds(object(5, PARTS, TIME), object(5, OTHER_PARTS, TIME)))
                    .isTrue();
            assertThat(source.asked + target.asked).isEqualTo(before);
        }
    }

    @Test
    void inAFolderTheTimeDecidesBeforeAFileIsRead() {
        Sameness same = same(Decision.CONTENT);

        assertThat(same.holds(object(5, PARTS, TIME), object(5, "", TIME.plusMillis(900))))
                .isTrue();
        assertThat(source.opened + target.opened).isZero();
    }

    @Test
    void aFileOfAnotherTimeIsRead() {
        target.content = "hello";

        assertThat(same(Decision.CONTENT).holds(object(5, HELLO, TIME), object(5, "", TIME.plusSeconds(9))))
                .isTrue();
        assertThat(same(Decision.CONTENT).holds(object(5, EMPTY, TIME), object(5, "", TIME.plusSeconds(9))))
                .isFalse();
        assertThat(target.opened).isEqualTo(2);
        assertThat(source.opened).isZero();
    }

    @Test
    void aFileOfTheSourceIsReadAsWell() {
        source.content = "hello";

        assertThat(same(Decision.CONTENT).holds(object(5, "", TIME), object(5, HELLO, TIME.plusSeconds(9))))
                .isTrue();
        assertThat(target.opened).isZero();
    }

    @Test
    void ofTwoFoldersAFileOfAnotherTimeIsCopied() {
        assertThat(same(Decision.CONTENT).holds(object(5, "", TIME), object(5, "", TIME.plusSeconds(1))))
                .isFalse();
        assertThat(source.opened + target.opened).isZero();
    }

    @Test
    void aFileThatCannotBeReadIsNotTakenForAnother() {
        target.broken = true;

        assertThatThrownBy(
                        () -> same(Decision.CONTENT).holds(object(5, HELLO, TIME), object(5, "", TIME.plusSeconds(9))))
                .isInstanceOf(ProviderException.class)
                .hasMessage("a in contents target cannot be read to compare it; run again")
                .returns(Kind.UNAVAILABLE, e -> ((ProviderException) e).kind());
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "-1, false"})
    void byTimeTheTargetIsTheSameIfItIsNotOlder(long seconds, boolean expected) {
        assertThat(same(Decision.SIZE_AND_TIME)
                        .holds(object(5, HELLO, TIME), object(5, EMPTY, TIME.plusSeconds(seconds))))
                .isEqualTo(expected);
    }

    /** Some stores keep whole seconds. */
    @Test
    void partsOfASecondMakeNoDifference() {
        assertThat(same(Decision.SIZE_AND_TIME).holds(object(5, HELLO, TIME.plusMillis(900)), object(5, EMPTY, TIME)))
                .isTrue();
    }

    @Test
    void bySizeNothingElseCounts() {
        assertThat(same(Decision.SIZE).holds(object(5, HELLO, TIME), object(5, EMPTY, TIME.minusSeconds(9))))
                .isTrue();
        assertThat(same(Decision.SIZE).isDoubtful(object(5, PARTS, TIME), object(5, OTHER_PARTS, TIME)))
                .isFalse();
    }

    @Test
    void whatAJobHasWrittenSinceIsTakenForCopied() {
        Instant begun = TIME.plusSeconds(100);
        Sameness same = same(Decision.CONTENT).after(begun);

        assertThat(same.holds(object(5, HELLO, TIME), object(5, EMPTY, begun))).isTrue();
        assertThat(same.holds(object(5, HELLO, TIME), object(5, EMPTY, begun.minusSeconds(1))))
                .as("was there before")
                .isFalse();
        assertThat(same.holds(object(5, HELLO, begun), object(5, EMPTY, begun)))
                .as("has changed since")
                .isFalse();
        assertThat(same.holds(object(5, HELLO, TIME), object(6, EMPTY, begun)))
                .as("is of another size")
                .isFalse();
    }

    @Test
    void whatAJobHasWrittenIsRemembered() {
        Instant begun = TIME.plusSeconds(100);
        try (MediaJournal opened = MediaJournal.open(folder, source.identity(), target.identity())) {
            journal = opened;
            same(Decision.CONTENT).after(begun).holds(object(5, HELLO, TIME), object(5, EMPTY, begun));

            assertThat(same(Decision.CONTENT).holds(object(5, HELLO, TIME), object(5, EMPTY, begun)))
                    .isTrue();
        }
    }

    private Sameness same(Decision decision) {
        return new Sameness(source, target, decision, journal, new Filtering(null, journal), null);
    }

    private static MediaObject object(long sizeBytes, String etag, Instant modifiedAt) {
        return new MediaObject("a", sizeBytes, etag, modifiedAt);
    }

    /** Knows checksums by ETag, and one content. */
    private static final class Contents extends FakeStore {

        private final Map<String, String> sums = new HashMap<>();
        private @Nullable String content;
        private boolean broken;
        private int asked;
        private int opened;

        private Contents(String name) {
            super(name);
        }

        @Override
        public Identity identity() {
            return Identity.of("contents", super.identity().parts().get(0));
        }

        @Override
        public String checksum(MediaObject object) {
            asked++;
            return sums.getOrDefault(object.etag(), "");
        }

        @Override
        public MediaContent open(MediaObject object) {
            opened++;
            byte[] bytes = String.valueOf(content).getBytes(StandardCharsets.UTF_8);
            InputStream stream = new ByteArrayInputStream(bytes);
            return new MediaContent(broken ? BROKEN : stream, bytes.length, "", Map.of());
        }
    }
}
