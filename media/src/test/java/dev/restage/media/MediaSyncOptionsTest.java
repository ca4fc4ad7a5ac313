package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSyncOptions.Decision;
import dev.restage.media.MediaSyncOptions.EmptySource;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.provider.media.MediaAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaSyncOptionsTest {

    @Test
    void copiesCarefullyUnlessTold() {
        MediaSyncOptions options = MediaSyncOptions.standard();

        assertThat(options.include()).isEmpty();
        assertThat(options.exclude()).isEmpty();
        assertThat(options.decision()).isEqualTo(Decision.CONTENT);
        assertThat(options.keep()).containsExactlyInAnyOrder(MediaAttribute.METADATA, MediaAttribute.TAGS);
        assertThat(options.surplus()).isEqualTo(Surplus.KEEP);
        assertThat(options.trashDays()).isZero();
        assertThat(options.emptySource()).isEqualTo(EmptySource.REFUSE);
        assertThat(options.maxDeletes()).isEqualTo(10_000);
        assertThat(options.maxDeleteShare()).isEqualTo(0.5);
        assertThat(options.parallelCopies()).isEqualTo(64);
        assertThat(options.requestsPerSecond()).isZero();
        assertThat(options.bytesPerSecond()).isZero();
        assertThat(options.bulkFrom()).isZero();
    }

    @Test
    void aBuilderBeginsWithAllThatIsThere() {
        MediaSyncOptions options = MediaSyncOptions.builder()
                .include("a/")
                .exclude("b/")
                .decision(Decision.SIZE)
                .keep(MediaAttribute.ACL)
                .surplus(Surplus.DELETE)
                .trashDays(1)
                .emptySource(EmptySource.ACCEPT)
                .maxDeletes(2)
                .maxDeleteShare(0.25)
                .parallelCopies(3)
                .requestsPerSecond(4)
                .bytesPerSecond(5)
                .build();

        assertThat(options.toBuilder().build()).isEqualTo(options);
        assertThat(MediaSyncOptions.builder().bulkFrom(6).build().toBuilder()
                        .build()
                        .bulkFrom())
                .isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aShareIsOneOfAWhole(double share) {
        assertThatThrownBy(
                        () -> MediaSyncOptions.builder().maxDeleteShare(share).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxDeletes must not be negative and maxDeleteShare be from 0 to 1: 10000, %s", share);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN})
    void aLimitIsNotNegative(double limit) {
        assertThatThrownBy(() ->
                        MediaSyncOptions.builder().requestsPerSecond(limit).build())
                .hasMessageContaining("must not be negative");
        assertThatThrownBy(
                        () -> MediaSyncOptions.builder().bytesPerSecond(limit).build())
                .hasMessageContaining("must not be negative");
    }

    @Test
    void countsAreNotNegative() {
        assertThatThrownBy(() -> MediaSyncOptions.builder().maxDeletes(-1).build())
                .hasMessageContaining("maxDeletes must not be negative");
        assertThatThrownBy(() -> MediaSyncOptions.builder().trashDays(-1).build())
                .hasMessageContaining("trashDays, requestsPerSecond and bytesPerSecond must not be negative: -1");
        assertThatThrownBy(() -> MediaSyncOptions.builder().bulkFrom(-1).build())
                .hasMessageContaining("bulkFrom must not be negative");
    }

    @Test
    void copiesBetweenOneAndFiveHundredTwelveAtOnce() {
        for (int copies : new int[] {0, 513}) {
            assertThatThrownBy(() ->
                            MediaSyncOptions.builder().parallelCopies(copies).build())
                    .hasMessage("parallelCopies must be from 1 to 512: " + copies);
        }
        for (int copies : new int[] {1, 512}) {
            assertThatCode(() ->
                            MediaSyncOptions.builder().parallelCopies(copies).build())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aJobKeepsWhatItKeeps() {
        assertThatThrownBy(() -> MediaSyncOptions.builder()
                        .bulkFrom(1)
                        .keep(MediaAttribute.METADATA)
                        .build())
                .hasMessageContaining("such a job keeps metadata and tags, no more and no less");
    }

    @Test
    void refusesToLeaveOutEverything() {
        assertThatThrownBy(() -> MediaSyncOptions.builder().exclude("").build())
                .hasMessage("the prefix \"\" excludes everything: leave it out");
    }

    @Test
    void theTrashIsInNobodysScope() {
        assertThat(MediaSyncOptions.builder().trashDays(1).build().scope().contains("restage-trash/run/a"))
                .isFalse();
        assertThat(MediaSyncOptions.standard().scope().contains("restage-trash/run/a"))
                .isFalse();
    }
}
