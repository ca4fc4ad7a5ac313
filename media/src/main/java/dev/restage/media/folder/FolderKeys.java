package dev.restage.media.folder;

import dev.restage.provider.ProviderException;
import dev.restage.provider.media.MediaObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns keys, which may come from anybody, into names of files inside a folder, and back. Does not look at the disk.
 *
 * @param root the folder
 * @param policy what becomes of keys that are no safe names
 * @param windows whether names must be legal on Windows
 */
record FolderKeys(Path root, KeyPolicy policy, boolean windows) {

    /** The beginning of the names that the folder store uses for itself. */
    static final String OWN = ".restage-";

    /** What most file systems take in one name: in bytes, and on Windows in characters. */
    private static final int LONGEST = 255;

    FolderKeys(Path root, KeyPolicy policy) {
        this(root, policy, FolderDisk.isWindows(root));
    }

    /** Why the key is no safe name of a file; empty if it is one. */
    Optional<String> problem(String key) {
        KeyEscape escape = new KeyEscape(windows);
        for (String name : segments(path(key))) {
            if (policy != KeyPolicy.ESCAPE && !escape.isSafe(name)) {
                return Optional.of(
                        name.isEmpty()
                                ? "it has a part without a name"
                                : "\"%s\" is no safe file name".formatted(name));
            }
            int length = windows ? name.length() : name.getBytes(StandardCharsets.UTF_8).length;
            if (length > LONGEST) {
                return Optional.of("\"%s...\" is too long for a file name, which may have %d %s"
                        .formatted(name.substring(0, 20), LONGEST, windows ? "characters" : "bytes"));
            }
            try {
                root.getFileSystem().getPath(name);
            } catch (InvalidPathException e) {
                return Optional.of(
                        "this Java writes file names as %s; start it in a UTF-8 locale such as LC_ALL=C.UTF-8"
                                .formatted(System.getProperty("sun.jnu.encoding", "an unknown encoding")));
            }
        }
        return Optional.empty();
    }

    /** Throws {@code UNSUPPORTED} if the key is no safe name. */
    void check(String key) {
        problem(key).ifPresent(why -> {
            throw new ProviderException(
                    ProviderException.Kind.UNSUPPORTED,
                    "the key \"%s\" cannot be a file in the folder %s: %s; exclude it"
                            .formatted(MediaObject.shown(key), root, why),
                    ProviderException.Effect.NONE,
                    null);
        });
    }

    /** The names of the directories on the way, and of the file; throws {@code UNSUPPORTED} if the key is no safe name. */
    List<Path> names(String key) {
        check(key);
        List<Path> names = new ArrayList<>();
        for (String name : segments(path(key))) {
            names.add(root.getFileSystem().getPath(name));
        }
        return names;
    }

    /** The last of {@link #names} as it is where that is a directory's name; empty if the policy knows no other. */
    Optional<Path> aside(String key) {
        String segment = key.substring(key.lastIndexOf('/') + 1);
        if (policy != KeyPolicy.ESCAPE || segment.isEmpty()) {
            return Optional.empty();
        }
        KeyEscape escape = new KeyEscape(windows);
        return Optional.of(escape.aside(segment))
                .filter(name -> !name.equals(escape.escape(segment)))
                .map(name -> root.getFileSystem().getPath(name));
    }

    /** The key as it is written here, whether that is safe or not. */
    String path(String key) {
        if (policy != KeyPolicy.ESCAPE) {
            return key;
        }
        KeyEscape escape = new KeyEscape(windows);
        return Arrays.stream(segments(key)).map(escape::escape).collect(Collectors.joining("/"));
    }

    /** The segment of a key that a file or a directory stands for; throws {@code UNSUPPORTED} if it stands for none. */
    String segmentOf(String name, BasicFileAttributes file) {
        if (policy != KeyPolicy.ESCAPE) {
            return name;
        }
        KeyEscape escape = new KeyEscape(windows);
        String segment = escape.unescape(name);
        boolean aside = file.isRegularFile()
                && !segment.isEmpty()
                && escape.aside(segment).equals(name);
        if (!aside && !escape.escape(segment).equals(name)) {
            throw new ProviderException(
                    ProviderException.Kind.UNSUPPORTED,
                    "the file \"%s\" in the folder %s stands for no key, since its escapes are none of ours; rename it, or leave names=escape out of the address"
                            .formatted(name, root),
                    ProviderException.Effect.NONE,
                    null);
        }
        return segment;
    }

    private static String[] segments(String key) {
        return key.split("/", -1);
    }
}
