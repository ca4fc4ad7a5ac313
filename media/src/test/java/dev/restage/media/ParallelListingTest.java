package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaObject;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelListingTest {

    private final FakeStore source = new FakeStore("source");
    private final FakeStore target = new FakeStore("target");

    @TempDir
    private Path folder;

    @Test
    void dividesTheNextListingWhereTheLastOneShowed() {
        fill(source, 17_000);
        fill(target, 16_999);

        try (MediaJournal journal = MediaJournal.open(folder, source.identity(), target.identity())) {
            MediaSync sync = MediaSync.between(source, target, MediaSyncOptions.standard())
                    .journal(journal);
            MediaDifference first = sync.compare();
            assertThat(source.listed).containsExactly("");
            source.listed.clear();

            MediaDifference second = sync.compare();

            assertThat(second).isEqualTo(first);
            assertThat(second.same().objects()).isEqualTo(16_999);
            assertThat(source.listed).containsExactlyInAnyOrder("", ">k0004999", ">k0009999", ">k0014999");
        }
    }

    @Test
    void endsAllListingsWhenOneFails() {
        fill(source, 20_000);
        FakeStore broken = new FakeStore("broken") {
            @Override
            public Iterator<MediaObject> list(KeyRange range) {
                throw new ProviderException(ProviderException.Kind.UNAVAILABLE, "the listing broke", null);
            }
        };

        assertThatThrownBy(() -> MediaSync.between(broken, source, MediaSyncOptions.standard())
                        .run(Progress.NONE))
                .hasMessageContaining("the listing broke");
        assertThatThrownBy(() -> MediaSync.between(source, broken, MediaSyncOptions.standard())
                        .compare())
                .hasMessageContaining("the listing broke");
    }

    private static void fill(FakeStore store, int objects) {
        IntStream.range(0, objects).forEach(i -> store.with("k%07d".formatted(i), "1"));
    }
}
