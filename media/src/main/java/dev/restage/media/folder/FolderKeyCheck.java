package dev.restage.media.folder;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.restage.provider.media.KeyCheck;
import dev.restage.provider.media.MediaObject;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds keys that are no safe names, and those that would be one file, or a file and a directory. Remembers the keys that
 * the present one begins with; only where the disk ignores case or form, a hash of each name.
 */
final class FolderKeyCheck implements KeyCheck {

    private static final HashFunction HASH = Hashing.goodFastHash(64);

    private final FolderKeys keys;
    private final FolderDisk disk;
    private final Deque<String> beginnings = new ArrayDeque<>();
    private final Spellings spellings = new Spellings();
    private String lastPath = "";

    FolderKeyCheck(FolderKeys keys, FolderDisk disk) {
        this.keys = keys;
        this.disk = disk;
    }

    @Override
    public Outcome outcome() {
        return keys.policy() == KeyPolicy.SKIP ? Outcome.SKIP : Outcome.FAIL;
    }

    @Override
    public String remedy() {
        return keys.policy() == KeyPolicy.ESCAPE
                ? "exclude them, or rename them at the source; with names=skip in the address of the target in place of names=escape they are left out"
                : "exclude them; with names=skip in the address of the target they are left out, and with names=escape those that are no safe names get others";
    }

    @Override
    public Optional<String> problem(String key) {
        Optional<String> unsafe = keys.problem(key);
        if (unsafe.isPresent()) {
            return unsafe;
        }
        Optional<String> problem = fileAndDirectory(key);
        if (problem.isEmpty() && disk.folds()) {
            problem = changedForm(key).or(() -> spelling(keys.path(key)));
        }
        if (problem.isEmpty()) {
            beginnings.push(key);
        }
        return problem;
    }

    /** Where a disk folds names, another name may be one that is there. */
    private boolean hasOneName(String key) {
        return disk.folds() || keys.aside(key).isEmpty();
    }

    /** Keys between the two may separate them: {@code a}, {@code a!}, {@code a/b}. */
    private Optional<String> fileAndDirectory(String key) {
        while (!beginnings.isEmpty() && !key.startsWith(beginnings.element())) {
            beginnings.pop();
        }
        return beginnings.stream()
                .filter(shorter -> key.length() > shorter.length() && key.charAt(shorter.length()) == '/')
                .filter(this::hasOneName)
                .findFirst()
                .map(MediaObject::shown)
                .map("there is \"%s\" as well, which would be a file and a directory"::formatted);
    }

    private Optional<String> changedForm(String key) {
        return disk.ignoresForm()
                        && keys.policy() != KeyPolicy.ESCAPE
                        && !Normalizer.isNormalized(key, Normalizer.Form.NFC)
                ? Optional.of("this disk gives its letters back in another Unicode form")
                : Optional.empty();
    }

    private Optional<String> spelling(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String directory = path.substring(0, slash + 1);
            if (!lastPath.startsWith(directory) && !add(path.substring(0, slash), "/")) {
                return clash(directory);
            }
        }
        if (!add(path, "")) {
            return clash(path);
        }
        lastPath = path;
        return Optional.empty();
    }

    private boolean add(String name, String kind) {
        return spellings.add(hash(disk.fold(name)), hash(name + kind));
    }

    private static long hash(String text) {
        return HASH.hashUnencodedChars(text).asLong();
    }

    private static Optional<String> clash(String name) {
        return Optional.of("\"%s\" differs from another name only in case or Unicode form, and is one file with it here"
                .formatted(name));
    }

    /** How each folded name was spelt first: 32 bytes for each. */
    private static final class Spellings {

        private long[] folded = new long[1024];
        private long[] spelt = new long[1024];
        private int size;

        /** Whether the name has not been spelt otherwise. */
        private boolean add(long name, long spelling) {
            int at = find(name);
            if (spelt[at] != 0) {
                return spelt[at] == spelling;
            }
            folded[at] = name;
            spelt[at] = spelling == 0 ? 1 : spelling;
            if (++size * 2 > folded.length) {
                grow();
            }
            return true;
        }

        private int find(long name) {
            int at = Long.hashCode(name) & (folded.length - 1);
            while (spelt[at] != 0 && folded[at] != name) {
                at = (at + 1) & (folded.length - 1);
            }
            return at;
        }

        private void grow() {
            long[] oldFolded = folded;
            long[] oldSpelt = spelt;
            folded = new long[oldFolded.length * 2];
            spelt = new long[oldFolded.length * 2];
            for (int i = 0; i < oldFolded.length; i++) {
                if (oldSpelt[i] != 0) {
                    int at = find(oldFolded[i]);
                    folded[at] = oldFolded[i];
                    spelt[at] = oldSpelt[i];
                }
            }
        }
    }
}
