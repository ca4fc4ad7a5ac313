package dev.restage.media;

import dev.restage.provider.ProviderException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns keys, which may come from anybody, into paths that stay inside a folder. */
final class FolderKeys {

    /** The beginning of the names that the folder store uses for itself. */
    static final String OWN = ".restage-";

    /** What most file systems take in one name. */
    private static final int MOST_BYTES = 255;

    private static final Pattern BAD_ON_WINDOWS =
            Pattern.compile("(?i).*[\\x00-\\x1f\\\\:*?\"<>|].*|.*[. ]|(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

    private FolderKeys() {}

    /** Throws {@code UNSUPPORTED} if the key is no safe name. Does not look at the disk. */
    static Path resolve(Path root, String key) {
        for (String segment : key.split("/", -1)) {
            if (!isSafe(segment)) {
                throw unsafe(root, key, "\"%s\" is no safe file name".formatted(segment), null);
            }
        }
        try {
            return root.resolve(key);
        } catch (InvalidPathException e) {
            throw unsafe(
                    root,
                    key,
                    "this Java writes file names as %s; start it in a UTF-8 locale such as LC_ALL=C.UTF-8"
                            .formatted(System.getProperty("sun.jnu.encoding", "an unknown encoding")),
                    e);
        }
    }

    private static boolean isSafe(String segment) {
        return !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
                && !segment.startsWith(OWN)
                && segment.indexOf('\0') < 0
                && segment.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
                && (File.separatorChar == '/'
                        || !BAD_ON_WINDOWS.matcher(segment).matches());
    }

    private static ProviderException unsafe(Path root, String key, String why, @Nullable Throwable cause) {
        return new ProviderException(
                ProviderException.Kind.UNSUPPORTED,
                "the key \"%s\" cannot be a file in the folder %s: %s; exclude it".formatted(key, root, why),
                ProviderException.Effect.NONE,
                cause);
    }
}
