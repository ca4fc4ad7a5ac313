package dev.restage.media.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.media.FakeStore;
import dev.restage.provider.Progress.Unit;
import dev.restage.provider.media.MediaObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyProgressTest {

    private final List<String> reports = new ArrayList<>();
    private final CopyProgress inside = progress(false);
    private final CopyProgress passing = progress(true);

    @Test
    void countsObjectsAndTheirBytes() {
        inside.done(object(10));
        inside.done(object(5));

        assertThat(inside.objects()).isEqualTo(2);
        assertThat(inside.bytes()).isEqualTo(15);
        assertThat(reports).containsExactly("1 of 0 OBJECTS", "10 of 0 BYTES", "2 of 0 OBJECTS", "15 of 0 BYTES");
    }

    @Test
    void tellsTheTotalAsSoonAsItIsKnown() {
        inside.done(object(10));
        reports.clear();

        inside.total(3, 40);

        assertThat(reports).containsExactly("1 of 3 OBJECTS", "10 of 40 BYTES");
    }

    @Test
    void bytesThatPassCountBeforeTheirObject() {
        passing.passed(7);

        passing.total(1, 10);

        assertThat(reports).containsExactly("0 of 1 OBJECTS", "7 of 10 BYTES");
    }

    @Test
    void bytesOfAnObjectThatHasPassedDoNotCountTwice() {
        passing.passed(10);
        passing.done(object(10));

        assertThat(reports).endsWith("1 of 0 OBJECTS", "10 of 0 BYTES");
        assertThat(passing.bytes()).isEqualTo(10);
    }

    /** After a failure a file is read a second time. */
    @Test
    void neverGoesBeyondTheTotal() {
        passing.total(1, 10);
        passing.passed(25);
        passing.done(object(10));

        assertThat(reports).endsWith("1 of 1 OBJECTS", "10 of 10 BYTES");
    }

    @Test
    void neverGoesBack() {
        passing.passed(25);
        passing.done(object(10));
        assertThat(reports).endsWith("25 of 0 BYTES");

        passing.total(2, 20);

        assertThat(reports).endsWith("1 of 2 OBJECTS", "25 of 25 BYTES");
    }

    @Test
    void insideAStoreNoBytesPass() {
        inside.total(2, 20);
        reports.clear();

        inside.done(object(12));

        assertThat(reports).containsExactly("1 of 2 OBJECTS", "12 of 20 BYTES");
    }

    @Test
    void objectsWithoutBytesCountToo() {
        inside.total(1, 0);
        inside.done(object(0));

        assertThat(reports).endsWith("1 of 1 OBJECTS", "0 of 0 BYTES");
    }

    private CopyProgress progress(boolean passing) {
        return new CopyProgress(
                (Unit unit, long done, long total) -> reports.add("%d of %d %s".formatted(done, total, unit)), passing);
    }

    private static MediaObject object(long sizeBytes) {
        return new MediaObject("a", sizeBytes, "", FakeStore.TIME);
    }
}
