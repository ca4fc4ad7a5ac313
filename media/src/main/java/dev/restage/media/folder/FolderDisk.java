package dev.restage.media.folder;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which names are one file on a disk.
 *
 * @param ignoresCase whether {@code a} and {@code A} are
 * @param ignoresForm whether a letter with its accent, and a letter followed by that accent, are
 */
record FolderDisk(boolean ignoresCase, boolean ignoresForm) {

    static final FolderDisk EXACT = new FolderDisk(false, false);

    /**
     * Tries it out on the name of something in the folder; only in an empty one, on a file of our own, which is removed at
     * once. Disks that ignore case ignore the form as well, but on Windows.
     */
    static FolderDisk of(Path root) {
        boolean ignoresCase = ignoresCase(root);
        return new FolderDisk(ignoresCase, ignoresCase && !isWindows(root));
    }

    static boolean isWindows(Path root) {
        return root.getFileSystem().getSeparator().equals("\\");
    }

    /** Equal for names that are one file here. */
    String fold(String name) {
        String composed = ignoresForm ? Normalizer.normalize(name, Normalizer.Form.NFC) : name;
        String folded = ignoresCase ? withoutCase(composed) : composed;
        return ignoresForm ? Normalizer.normalize(folded, Normalizer.Form.NFC) : folded;
    }

    boolean folds() {
        return ignoresCase || ignoresForm;
    }

    /** Letter by letter, as disks do it: a sharp s is not two. */
    static String withoutCase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
                .forEach(lower::appendCodePoint);
        return lower.toString();
    }

    private static boolean ignoresCase(Path root) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                Path other = inOtherCase(entry);
                if (!other.equals(entry)) {
                    return isSame(entry, other);
                }
            }
        } catch (IOException e) {
            throw FolderMediaStore.failed(root, "list", "", e);
        }
        Path probe = root.resolve(FolderKeys.OWN + UUID.randomUUID() + FolderLeftovers.TEMPORARY);
        try {
            Files.createFile(probe);
            try {
                return isSame(probe, inOtherCase(probe));
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            // It cannot be written to, which a copy will say; until then, what such systems usually do is taken.
            String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
            return isWindows(root) || system.contains("mac");
        }
    }

    private static Path inOtherCase(Path path) {
        String name = String.valueOf(path.getFileName());
        StringBuilder other = new StringBuilder();
        name.codePoints()
                .map(c -> c > 0x7F ? c : Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
                .forEach(other::appendCodePoint);
        return path.resolveSibling(other.toString());
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        if (!Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Object key = key(one);
        return key == null ? Files.isSameFile(one, other) : key.equals(key(other));
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
