package dev.restage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link MediaStore} must do. */
public abstract class MediaStoreContract {

    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** For subclasses. */
    protected MediaStoreContract() {}

    /** {@return an empty store that may be written; the same one during one test} */
    protected abstract MediaStore store();

    /** Objects are listed in the order of bytes, also where directories would sort otherwise. */
    @Test
    public void listsInTheOrderOfKeys() {
        for (String key : List.of("b", "a0", "a/b", "a!", "Z")) {
            write(key, key);
        }

        assertThat(keys("")).containsExactly("Z", "a!", "a/b", "a0", "b");
    }

    /** A prefix is text, not a folder. */
    @Test
    public void listsWhatBeginsWithAPrefix() {
        write("images/a", "1");
        write("images_old/b", "2");
        write("documents/c", "3");

        assertThat(keys("images")).containsExactly("images/a", "images_old/b");
        assertThat(keys("images/")).containsExactly("images/a");
        assertThat(keys("none/")).isEmpty();
    }

    /** A listing may begin and end in the middle, at keys that need not exist. */
    @Test
    public void listsBetweenTwoKeys() {
        for (String key : List.of("a", "b!", "b/c/d", "b/e", "b0", "c")) {
            write(key, key);
        }

        assertThat(keys(new KeyRange("", "b/c/d", ""))).containsExactly("b/e", "b0", "c");
        assertThat(keys(new KeyRange("b", "b/", "b0"))).containsExactly("b/c/d", "b/e");
        assertThat(keys(new KeyRange("b/", "b/d", "b/e"))).isEmpty();
        assertThat(keys(new KeyRange("b/", "", "b/d"))).containsExactly("b/c/d");
        assertThat(keys(new KeyRange("a", "z", ""))).isEmpty();
    }

    /** What a copy returns is what a listing shows then, and the content is the source's. */
    @Test
    public void copiesAnObjectOfAnotherStore() {
        MediaObject copied = write("images/a b+c.jpg", "content");

        assertThat(copied.sizeBytes()).isEqualTo(7);
        MediaObject listed = store().list("").next();
        assertThat(listed.key()).isEqualTo("images/a b+c.jpg");
        assertThat(listed.etag()).isEqualTo(copied.etag());
        assertThat(read(listed)).isEqualTo("content");
    }

    /** The key here need not be the source's. */
    @Test
    public void copiesUnderAnotherKey() {
        store().copy(new OneObject("images/a.jpg", "content"), object("images/a.jpg", "content"));
        MediaObject own = store().list("").next();

        MediaObject copied = store().copy(store(), own, "images/deeper/b c.jpg");

        assertThat(copied.key()).isEqualTo("images/deeper/b c.jpg");
        assertThat(keys("")).containsExactly("images/a.jpg", "images/deeper/b c.jpg");
        assertThat(read(copied)).isEqualTo("content");
        MediaObject foreign = store().copy(new OneObject("x", "of others"), object("x", "of others"), "images/y");
        assertThat(foreign.key()).isEqualTo("images/y");
        assertThat(read(foreign)).isEqualTo("of others");
    }

    /**
     * All bytes arrive as they are, also more than a buffer has.
     *
     * @throws IOException if it cannot be read
     */
    @Test
    public void copiesAnyBytes() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            text.append((char) (i * 31 % 0x800));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        MediaObject object = new MediaObject("a.jpg", bytes.length, "", Instant.parse("2026-01-02T03:04:05Z"));

        MediaObject copied = store().copy(new OneObject("a.jpg", text.toString()), object);

        try (MediaContent content = store().open(copied)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
        }
    }

    /** A source that breaks off, or ends too soon, leaves the target as it was. */
    @Test
    public void keepsWhatWasThereWhenTheSourceBreaksOff() {
        MediaObject before = write("a", "old");
        MediaObject promised = object("a", "a longer one");

        assertThatThrownBy(() -> store().copy(new Broken(promised, new CutStream("a lo", true)), promised))
                .isInstanceOf(ProviderException.class);
        assertThatThrownBy(() -> store().copy(new Broken(promised, new CutStream("a lo", false)), promised))
                .isInstanceOf(ProviderException.class);

        assertSettles(List.of("a"));
        assertThat(read(before)).isEqualTo("old");
    }

    /** A server may see only a moment later that a client has hung up, and tidy up then. */
    private void assertSettles(List<String> expected) {
        long deadline = System.nanoTime() + SETTLED.toNanos();
        while (!keys("").equals(expected) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        assertThat(keys("")).containsExactlyElementsOf(expected);
    }

    /** An object may be empty. */
    @Test
    public void copiesAnEmptyObject() {
        assertThat(read(write("empty", ""))).isEmpty();
    }

    /** A copy replaces what is there. */
    @Test
    public void replacesAnObject() {
        write("a", "old");

        assertThat(read(write("a", "newer"))).isEqualTo("newer");
        assertThat(keys("")).containsExactly("a");
    }

    /** An object gone from the source is told as such, and leaves the target as it was. */
    @Test
    public void saysThatTheSourceIsGone() {
        MediaObject before = write("a", "old");

        fails(Kind.NOT_FOUND, () -> store().copy(new OneObject("b", "x"), object("a", "gone")));

        assertThat(read(before)).isEqualTo("old");
    }

    /** An object that is gone, or is not as it was listed, is not opened. */
    @Test
    public void opensOnlyWhatWasListed() {
        MediaObject first = write("a", "first");
        write("a", "second one");

        fails(Kind.CONFLICT, () -> store().open(first));
        fails(Kind.NOT_FOUND, () -> store().open(new MediaObject("b", 1, first.etag(), first.modifiedAt())));
    }

    /**
     * A reading that broke off goes on where it was, if the object is still the same.
     *
     * @throws IOException if it cannot be read
     */
    @Test
    public void opensTheRestOfAnObject() throws IOException {
        MediaObject object = write("a", "0123456789");

        try (MediaContent rest = store().open(object, 4)) {
            assertThat(rest.sizeBytes()).isEqualTo(6);
            assertThat(rest.stream()).hasContent("456789");
        }
        write("a", "another one");
        fails(Kind.CONFLICT, () -> store().open(object, 4));
    }

    /** Deleting is repeatable. */
    @Test
    public void deletesObjects() {
        write("a", "1");
        write("b/c", "2");
        write("d", "3");

        assertThat(store().delete(List.of("a", "b/c", "missing"))).isEmpty();
        assertThat(store().delete(List.of())).isEmpty();

        assertThat(keys("")).containsExactly("d");
    }

    /** Names with characters that mean something in an address or in a document are names as any other. */
    @Test
    public void deletesByTheExactName() {
        List<String> awkward = List.of("a b", "a%20b", "a+b", "a&b", "\u00fc/\uD83D\uDE00 #1.jpg");
        awkward.forEach(key -> write(key, key));

        assertThat(store().delete(List.of("a b", "a&b", "\u00fc/\uD83D\uDE00 #1.jpg")))
                .isEmpty();

        assertThat(keys("")).containsExactly("a%20b", "a+b");
    }

    /** There is no limit to the keys of one call. */
    @Test
    public void deletesManyObjects() {
        write("0001", "first");
        write("2499", "last");
        write("left", "stays");

        assertThat(store().delete(IntStream.range(0, 2500)
                        .mapToObj("%04d"::formatted)
                        .toList()))
                .isEmpty();

        assertThat(keys("")).containsExactly("left");
    }

    /** An identity is the same each time. */
    @Test
    public void knowsItself() {
        assertThat(store().identity().overlaps(store().identity())).isTrue();
    }

    private MediaObject write(String key, String content) {
        return store().copy(new OneObject(key, content), object(key, content));
    }

    private String read(MediaObject object) {
        try (MediaContent content = store().open(object)) {
            assertThat(content.sizeBytes()).isEqualTo(object.sizeBytes());
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> keys(String prefix) {
        return keys(KeyRange.of(prefix));
    }

    private List<String> keys(KeyRange range) {
        List<String> keys = new ArrayList<>();
        store().list(range).forEachRemaining(object -> keys.add(object.key()));
        return keys;
    }

    private static void fails(Kind kind, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static MediaObject object(String key, String content) {
        return new MediaObject(
                key, content.getBytes(StandardCharsets.UTF_8).length, "", Instant.parse("2026-01-02T03:04:05Z"));
    }

    /** Ends too soon, by an error or by nothing at all. */
    private static final class CutStream extends FilterInputStream {

        private final boolean fails;

        CutStream(String start, boolean fails) {
            super(new ByteArrayInputStream(start.getBytes(StandardCharsets.UTF_8)));
            this.fails = fails;
        }

        @Override
        public int read() throws IOException {
            return checked(super.read());
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            return checked(super.read(buffer, from, length));
        }

        private int checked(int read) throws IOException {
            if (read < 0 && fails) {
                throw new IOException("the connection is lost");
            }
            return read;
        }
    }

    /** A store of one object that cannot be read to its end. */
    private record Broken(MediaObject promised, InputStream stream) implements MediaStore {

        @Override
        public Identity identity() {
            return Identity.of("memory", "broken");
        }

        @Override
        public Iterator<MediaObject> list(KeyRange range) {
            return List.of(promised).iterator();
        }

        @Override
        public MediaContent open(MediaObject object) {
            return new MediaContent(stream, promised.sizeBytes(), "image/jpeg", Map.of());
        }

        @Override
        public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
            throw new UnsupportedOperationException("only read in this contract");
        }

        @Override
        public Map<String, String> delete(Collection<String> keys) {
            throw new UnsupportedOperationException("only read in this contract");
        }
    }

    /** A store of one object, in memory, that can only be read. */
    private record OneObject(String key, String text) implements MediaStore {

        @Override
        public Identity identity() {
            return Identity.of("memory", key);
        }

        @Override
        public Iterator<MediaObject> list(KeyRange range) {
            return List.of(object(key, text)).iterator();
        }

        @Override
        public MediaContent open(MediaObject object) {
            if (!object.key().equals(key)) {
                throw new ProviderException(Kind.NOT_FOUND, object.key() + " is gone", null);
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new MediaContent(
                    new ByteArrayInputStream(bytes),
                    bytes.length,
                    "image/jpeg",
                    Map.of("cache-control", "max-age=60", "x-meta-owner", "ann"));
        }

        @Override
        public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
            throw new UnsupportedOperationException("only read in this contract");
        }

        @Override
        public Map<String, String> delete(Collection<String> keys) {
            throw new UnsupportedOperationException("only read in this contract");
        }
    }
}
