package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.media.MediaDifference.Part;
import dev.restage.media.MediaSyncOptions.EmptySource;
import dev.restage.media.MediaSyncOptions.Surplus;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapsTest {

    private static final MediaSyncOptions DELETE = MediaSyncOptions.builder()
            .surplus(Surplus.DELETE)
            .maxDeletes(10)
            .maxDeleteShare(0.5)
            .build();

    @Test
    void whatDeletesNothingIsNeverRefused() {
        assertThat(new Caps(DELETE, difference(0, 0, 0)).refusal(0)).isEmpty();
        assertThat(new Caps(DELETE, difference(0, 0, 100)).refusal(0)).isEmpty();
    }

    @Test
    void deletesUpToTheCap() {
        assertThat(new Caps(DELETE, difference(100, 10, 100)).refusal(0)).isEmpty();
        assertThat(new Caps(DELETE, difference(100, 11, 100)).refusal(0))
                .hasValue("11 objects would be deleted, but maxDeletes is 10: check them, or raise it");
    }

    @Test
    void deletesUpToTheShareOfTheTarget() {
        assertThat(new Caps(DELETE, difference(100, 4, 8)).refusal(0)).isEmpty();
        assertThat(new Caps(DELETE, difference(100, 5, 8)).refusal(0))
                .hasValue(
                        "5 of the target's 8 objects would be deleted, but maxDeleteShare is 0.5: check them, or raise it");
    }

    @Test
    void whatHasGoneMeanwhileIsDeletedToo() {
        assertThat(new Caps(DELETE, difference(100, 9, 100)).refusal(1)).isEmpty();
        assertThat(new Caps(DELETE, difference(100, 9, 100)).refusal(2))
                .hasValueSatisfying(why -> assertThat(why).startsWith("11 objects would be deleted"));
    }

    @Test
    void anEmptySourceIsNotBelieved() {
        assertThat(new Caps(DELETE, difference(0, 3, 8)).refusal(0))
                .hasValue("the source has no objects in scope while the target has 8: check the source's address and"
                        + " rights, or set emptySource to ACCEPT");
    }

    /** All that was listed had vanished when it was to be copied: that is an empty source, too. */
    @Test
    void aSourceThatEmptiesItselfIsNotBelieved() {
        assertThat(new Caps(DELETE, difference(2, 0, 8)).refusal(2))
                .hasValueSatisfying(why -> assertThat(why).startsWith("the source has no objects"));
    }

    @Test
    void anEmptySourceMayBeAcceptedAsFarAsTheCapsAllow() {
        MediaSyncOptions accept = DELETE.toBuilder()
                .emptySource(EmptySource.ACCEPT)
                .maxDeleteShare(1)
                .build();

        assertThat(new Caps(accept, difference(0, 8, 8)).refusal(0)).isEmpty();
        assertThat(new Caps(accept, difference(0, 11, 11)).refusal(0)).isPresent();
    }

    @Test
    void aShareOfNothingForbidsAll() {
        MediaSyncOptions none = DELETE.toBuilder().maxDeleteShare(0).build();

        assertThat(new Caps(none, difference(100, 1, 1_000)).refusal(0)).isPresent();
    }

    @Test
    void whoKeepsSurplusIsNeverRefused() {
        MediaSyncOptions keep = DELETE.toBuilder().surplus(Surplus.KEEP).build();

        assertThat(keep.refusal(difference(0, 100, 100))).isEmpty();
        assertThat(DELETE.refusal(difference(0, 100, 100))).isPresent();
    }

    private static MediaDifference difference(long source, long surplus, long target) {
        Part none = new Part(0, 0, List.of());
        return new MediaDifference(
                new Part(source, source, List.of()),
                none,
                none,
                new Part(surplus, surplus, List.of()),
                none,
                none,
                none,
                none,
                none,
                target,
                List.of());
    }
}
