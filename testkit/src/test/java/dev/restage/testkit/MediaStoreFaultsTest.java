package dev.restage.testkit;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of media stores is able to fail: each fault turns the test red that names the promise, and no other. */
class MediaStoreFaultsTest {

    /** A fault, and the test that finds it. */
    private record Fault(String test, Supplier<MediaStore> store) {}

    private static final Map<String, Fault> FAULTS = new LinkedHashMap<>(Map.ofEntries(
            entry("sorts as folders do", new Fault("listsInTheOrderOfKeys", SortedAsFolders::new)),
            entry("takes a prefix for a folder", new Fault("listsWhatBeginsWithAPrefix", PrefixIsAFolder::new)),
            entry("lists the key that it begins after", new Fault("listsBetweenTwoKeys", BeginsTooSoon::new)),
            entry("lists other tags than it returns", new Fault("copiesAnObjectOfAnotherStore", QuotedTags::new)),
            entry("keeps the key of the source", new Fault("copiesUnderAnotherKey", SourceKeys::new)),
            entry("takes bytes for text", new Fault("copiesAnyBytes", Text::new)),
            entry("writes while it reads", new Fault("keepsWhatWasThereWhenTheSourceBreaksOff", WritesAtOnce::new)),
            entry("leaves empty objects out", new Fault("copiesAnEmptyObject", NothingEmpty::new)),
            entry("lists old versions too", new Fault("replacesAnObject", AllVersions::new)),
            entry("tells no reason", new Fault("saysThatTheSourceIsGone", NoReason::new)),
            entry("opens whatever has the key", new Fault("opensOnlyWhatWasListed", AnyVersion::new)),
            entry("tells the whole size of a rest", new Fault("opensTheRestOfAnObject", WholeSize::new)),
            entry("refuses to delete nothing", new Fault("deletesObjects", NeedsKeys::new)),
            entry("decodes names", new Fault("deletesByTheExactName", DecodedNames::new)),
            entry("deletes one page", new Fault("deletesManyObjects", OnePage::new)),
            entry("is another each time", new Fault("knowsItself", Forgetful::new))));

    private static Stream<String> faults() {
        return FAULTS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isFoundByTheTestThatNamesThePromise(String fault) {
        SeededFaults.Outcome outcome = SeededFaults.run(Faulty.class, fault);

        assertThat(outcome.failed())
                .containsExactly(Objects.requireNonNull(FAULTS.get(fault)).test());
        assertThat(outcome.tests()).isEqualTo(FAULTS.size());
    }

    @Test
    void eachTestOfTheContractHasAFault() {
        SeededFaults.assertEachTestIsProved(
                MediaStoreContract.class,
                FAULTS.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, fault -> fault.getValue().test())));
    }

    /** The contract with a fault; run by the launcher only. */
    @ExtendWith(SeededFaults.class)
    static final class Faulty extends MediaStoreContract {

        private final MediaStore store;

        Faulty(String fault) {
            store = Objects.requireNonNull(FAULTS.get(fault)).store().get();
        }

        @Override
        protected MediaStore store() {
            return store;
        }
    }

    private static final class SortedAsFolders extends MemoryMediaStore {
        @Override
        public Iterator<MediaObject> list(KeyRange range) {
            List<MediaObject> listed = new ArrayList<>();
            super.list(range).forEachRemaining(listed::add);
            listed.sort(Comparator.comparing(object -> object.key().replace('/', '\0')));
            return listed.iterator();
        }
    }

    private static final class PrefixIsAFolder extends MemoryMediaStore {
        @Override
        public Iterator<MediaObject> list(KeyRange range) {
            String prefix = range.prefix();
            String folder = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
            return super.list(new KeyRange(folder, range.after(), range.before()));
        }
    }

    private static final class BeginsTooSoon extends MemoryMediaStore {
        @Override
        public Iterator<MediaObject> list(KeyRange range) {
            return objects.values().stream()
                    .map(Stored::object)
                    .filter(object -> range.contains(object.key())
                            || (object.key().equals(range.after())
                                    && object.key().startsWith(range.prefix())))
                    .iterator();
        }
    }

    private static final class QuotedTags extends MemoryMediaStore {
        @Override
        public Iterator<MediaObject> list(KeyRange range) {
            List<MediaObject> listed = new ArrayList<>();
            super.list(range).forEachRemaining(object -> listed.add(withTag(object, '"' + object.etag() + '"')));
            return listed.iterator();
        }

        @Override
        public MediaContent open(MediaObject object) {
            return super.open(withTag(object, object.etag().replace("\"", "")));
        }

        private static MediaObject withTag(MediaObject object, String etag) {
            return new MediaObject(object.key(), object.sizeBytes(), etag, object.modifiedAt());
        }
    }

    private static final class SourceKeys extends MemoryMediaStore {
        @Override
        public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
            return super.copy(source, object, object.key(), keep);
        }
    }

    private static final class Text extends MemoryMediaStore {
        @Override
        MediaObject put(String key, byte[] bytes, String contentType, Map<String, String> headers) {
            byte[] text = new String(bytes, StandardCharsets.US_ASCII).getBytes(StandardCharsets.US_ASCII);
            return super.put(key, text, contentType, headers);
        }
    }

    private static final class WritesAtOnce extends MemoryMediaStore {
        @Override
        byte[] received(String key, InputStream stream, long size) throws IOException {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            try {
                for (int next = stream.read(); next >= 0; next = stream.read()) {
                    read.write(next);
                }
            } catch (IOException e) {
                put(key, read.toByteArray(), "", Map.of());
                throw e;
            }
            return read.toByteArray();
        }
    }

    private static final class NothingEmpty extends MemoryMediaStore {
        @Override
        MediaObject put(String key, byte[] bytes, String contentType, Map<String, String> headers) {
            MediaObject made = super.put(key, bytes, contentType, headers);
            objects.values().removeIf(stored -> stored.bytes().length == 0);
            return made;
        }
    }

    private static final class AllVersions extends MemoryMediaStore {

        private final List<MediaObject> made = new ArrayList<>();

        @Override
        MediaObject put(String key, byte[] bytes, String contentType, Map<String, String> headers) {
            MediaObject object = super.put(key, bytes, contentType, headers);
            made.add(object);
            return object;
        }

        @Override
        public Iterator<MediaObject> list(KeyRange range) {
            return made.stream()
                    .filter(object -> objects.containsKey(object.key()) && range.contains(object.key()))
                    .sorted(Comparator.comparing(MediaObject::key))
                    .iterator();
        }
    }

    private static final class NoReason extends MemoryMediaStore {
        @Override
        public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
            try {
                return super.copy(source, object, key, keep);
            } catch (ProviderException e) {
                throw new ProviderException(Kind.FAILED, "something went wrong", e);
            }
        }
    }

    private static final class AnyVersion extends MemoryMediaStore {
        @Override
        public MediaContent open(MediaObject object) {
            Stored stored = objects.get(object.key());
            return stored == null ? super.open(object) : content(stored);
        }

        @Override
        public MediaContent open(MediaObject object, long from) {
            super.open(object);
            return super.open(object, from);
        }
    }

    private static final class WholeSize extends MemoryMediaStore {
        @Override
        public MediaContent open(MediaObject object, long from) {
            MediaContent rest = super.open(object, from);
            return new MediaContent(rest.stream(), object.sizeBytes(), rest.contentType(), rest.headers());
        }
    }

    private static final class NeedsKeys extends MemoryMediaStore {
        @Override
        public Map<String, String> delete(Collection<String> keys) {
            if (keys.isEmpty()) {
                throw new ProviderException(Kind.FAILED, "the document names no key", null);
            }
            return super.delete(keys);
        }
    }

    private static final class DecodedNames extends MemoryMediaStore {
        @Override
        public Map<String, String> delete(Collection<String> keys) {
            objects.keySet().removeIf(key -> keys.contains(URLDecoder.decode(key, StandardCharsets.UTF_8)));
            return super.delete(keys);
        }
    }

    private static final class OnePage extends MemoryMediaStore {
        @Override
        public Map<String, String> delete(Collection<String> keys) {
            return super.delete(keys.stream().limit(1000).toList());
        }
    }

    private static final class Forgetful extends MemoryMediaStore {
        @Override
        public Identity identity() {
            return Identity.of("memory", UUID.randomUUID().toString());
        }
    }
}
