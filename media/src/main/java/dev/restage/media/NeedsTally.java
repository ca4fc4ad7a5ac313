package dev.restage.media;

import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaReference;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts how needed files and objects go together, in several threads. */
final class NeedsTally {

    private static final int SAMPLES = 20;

    /** More are not told apart: such folders are no places of one kind of files. */
    private static final int FOLDERS = 1000;

    private static final class Folder {
        private long files;
        private long missing;
        private long unneeded;
    }

    private final Map<String, Folder> folders = new TreeMap<>();
    private final NavigableSet<MediaReference> unmet =
            new TreeSet<>(Comparator.comparing(MediaReference::key, KeyOrder.UTF_8));
    private final NavigableSet<String> samples = new TreeSet<>(KeyOrder.UTF_8);
    private long files;
    private long missing;
    private long unneeded;
    private long bytes;

    synchronized void met(MediaReference reference) {
        files++;
        folder(reference.key()).files++;
    }

    synchronized void unmet(MediaReference reference) {
        met(reference);
        missing++;
        folder(reference.key()).missing++;
        keep(unmet, reference, MediaNeeds.LISTED);
    }

    /** @param key its key at the target */
    synchronized void unneeded(MediaObject object, String key) {
        unneeded++;
        bytes += object.sizeBytes();
        folder(key).unneeded++;
        keep(samples, object.key(), SAMPLES);
    }

    /** Takes over the files of another tally, and not its objects that nobody needs. */
    void addFiles(NeedsTally other) {
        MediaNeeds found = other.needs();
        synchronized (this) {
            files += found.files();
            missing += found.missing();
            found.unmet().forEach(reference -> keep(unmet, reference, MediaNeeds.LISTED));
        }
    }

    synchronized MediaNeeds needs() {
        List<String> others = folders.entrySet().stream()
                .filter(entry -> !entry.getKey().isEmpty())
                .filter(entry -> entry.getValue().files > 0
                        && entry.getValue().missing == entry.getValue().files
                        && entry.getValue().unneeded > 0)
                .map(Map.Entry::getKey)
                .toList();
        return new MediaNeeds(
                files,
                missing,
                List.copyOf(unmet),
                new MediaDifference.Part(unneeded, bytes, List.copyOf(samples)),
                others);
    }

    /** Keeps the first ones, whatever the order in which they come. */
    private static <T> void keep(NavigableSet<T> kept, T one, int most) {
        kept.add(one);
        if (kept.size() > most) {
            kept.pollLast();
        }
    }

    private Folder folder(String key) {
        String name = key.substring(0, key.indexOf('/') + 1);
        return folders.size() < FOLDERS || folders.containsKey(name)
                ? folders.computeIfAbsent(name, any -> new Folder())
                : new Folder();
    }
}
