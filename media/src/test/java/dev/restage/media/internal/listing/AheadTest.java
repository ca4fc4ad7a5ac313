package dev.restage.media.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.FakeStore;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.MediaObject;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AheadTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endsItsThread() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void givesAllObjectsInTheirOrder() {
        try (Ahead ahead = new Ahead(() -> objects(0, 2 * Ahead.PAGE + 1).iterator(), threads)) {
            assertThat(ahead)
                    .toIterable()
                    .containsExactlyElementsOf(objects(0, 2 * Ahead.PAGE + 1).toList());
        }
    }

    /** Whether a page is the last one shows only when the next one is empty. */
    @Test
    void endsBehindAPageThatIsFull() {
        try (Ahead ahead = new Ahead(() -> objects(0, Ahead.PAGE).iterator(), threads)) {
            assertThat(ahead).toIterable().hasSize(Ahead.PAGE);
        }
    }

    @Test
    void anEmptyListingEndsAtOnceAndSaysSoAgain() {
        try (Ahead ahead = new Ahead(Collections::emptyIterator, threads)) {
            assertThat(ahead.hasNext()).isFalse();
            assertThat(ahead.hasNext()).isFalse();
            assertThatThrownBy(ahead::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void askingWhetherThereIsMoreTakesNothing() {
        try (Ahead ahead = new Ahead(() -> objects(0, 2).iterator(), threads)) {
            assertThat(ahead.hasNext()).isTrue();
            assertThat(ahead.hasNext()).isTrue();
            assertThat(ahead.next().key()).isEqualTo(key(0));
            assertThat(ahead.next().key()).isEqualTo(key(1));
        }
    }

    @Test
    void passesOnThatTheListingCannotBegin() {
        ProviderException broken = new ProviderException(Kind.DENIED, "no right to list", null);
        try (Ahead ahead = new Ahead(
                () -> {
                    throw broken;
                },
                threads)) {
            assertThatThrownBy(ahead::hasNext).isSameAs(broken);
        }
    }

    /** What came before the failure came in order, and may be used. */
    @Test
    void givesThePagesBeforeAFailureAndThenFails() {
        ProviderException broken = new ProviderException(Kind.UNAVAILABLE, "the listing broke", null);
        Iterator<MediaObject> listing = Stream.concat(objects(0, Ahead.PAGE + 7), Stream.generate(() -> {
                    throw broken;
                }))
                .iterator();
        try (Ahead ahead = new Ahead(() -> listing, threads)) {
            for (int i = 0; i < Ahead.PAGE; i++) {
                assertThat(ahead.next().key()).isEqualTo(key(i));
            }
            assertThatThrownBy(ahead::hasNext).isSameAs(broken);
        }
    }

    @Test
    void handsOverAPageBeforeItAsksForTheNext() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        AtomicBoolean waited = new AtomicBoolean();
        Iterator<MediaObject> listing = IntStream.range(0, Ahead.PAGE + 1)
                .mapToObj(i -> {
                    if (i == Ahead.PAGE) {
                        waited.set(await(taken));
                    }
                    return object(i);
                })
                .iterator();
        try (Ahead ahead = new Ahead(() -> listing, threads)) {
            for (int i = 0; i < Ahead.PAGE; i++) {
                ahead.next();
            }
            taken.countDown();

            assertThat(ahead.next().key()).isEqualTo(key(Ahead.PAGE));
        }
        assertThat(waited).isTrue();
    }

    @Test
    void doesNotRunFarAheadOfWhoReads() throws InterruptedException {
        CountDownLatch full = new CountDownLatch(4 * Ahead.PAGE);
        AtomicBoolean tooFar = new AtomicBoolean();
        AtomicBoolean reading = new AtomicBoolean();
        Iterator<MediaObject> endless = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> {
                    if (i > 4 * Ahead.PAGE && !reading.get()) {
                        tooFar.set(true);
                    }
                    full.countDown();
                    return object(i);
                })
                .iterator();
        try (Ahead ahead = new Ahead(() -> endless, threads)) {
            assertThat(await(full)).isTrue();
            reading.set(true);

            assertThat(ahead.next().key()).isEqualTo(key(0));
            assertThat(tooFar).isFalse();
        }
    }

    @Test
    void isOfNoUseOnceItIsClosed() {
        Ahead ahead = new Ahead(() -> objects(0, 10 * Ahead.PAGE).iterator(), threads);
        ahead.next();
        ahead.close();

        assertThatThrownBy(() -> {
                    while (ahead.hasNext()) {
                        ahead.next();
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the listing is closed");
    }

    @Test
    void whoIsInterruptedHearsThatTheComparisonWas() {
        CountDownLatch never = new CountDownLatch(1);
        try (Ahead ahead = new Ahead(
                () -> {
                    await(never);
                    return Collections.emptyIterator();
                },
                threads)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(ahead::hasNext)
                    .isInstanceOf(ProviderException.class)
                    .hasMessage("the comparison was interrupted; run again");
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            never.countDown();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<MediaObject> objects(int from, int to) {
        return IntStream.range(from, to).mapToObj(AheadTest::object);
    }

    private static MediaObject object(int number) {
        return new MediaObject(key(number), 1, "", FakeStore.TIME);
    }

    private static String key(int number) {
        return "k%07d".formatted(number);
    }
}
