package dev.restage.media;

import dev.restage.provider.media.KeyOrder;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Which objects have other names at the target, and what names these are. Objects stay in their folders.
 *
 * @param folders the beginnings of the keys that change, each ending in {@code /}; none for no change
 * @param naming gives the key at the target for one at the source: the same for the same key every time, another for
 *     each other key, and in the same folder
 */
public record KeyNames(List<String> folders, UnaryOperator<String> naming) {

    /** Every object keeps its key. */
    public static final KeyNames SAME = new KeyNames(List.of(), key -> key);

    /**
     * Checks the folders, and leaves out those inside others.
     *
     * @param folders the beginnings of the keys that change
     * @param naming gives the key at the target for one at the source
     */
    public KeyNames {
        for (String folder : folders) {
            if (!folder.endsWith("/")) {
                throw new IllegalArgumentException(
                        "\"%s\" is no folder: end it with /, and name each folder whose files get other names"
                                .formatted(folder));
            }
        }
        List<String> all = folders.stream().distinct().toList();
        folders = all.stream()
                .filter(folder -> all.stream().noneMatch(other -> !other.equals(folder) && folder.startsWith(other)))
                .sorted(KeyOrder.UTF_8)
                .toList();
    }

    /**
     * {@return the key at the target}
     *
     * @param key the key at the source
     */
    public String at(String key) {
        if (key.endsWith("/") || folders.stream().noneMatch(key::startsWith)) {
            return key;
        }
        String renamed = naming.apply(key);
        int name = key.lastIndexOf('/') + 1;
        if (renamed.lastIndexOf('/') + 1 != name || !renamed.startsWith(key.substring(0, name))) {
            throw new IllegalStateException(
                    "the naming of keys has moved an object out of its folder " + key.substring(0, name));
        }
        return renamed;
    }
}
