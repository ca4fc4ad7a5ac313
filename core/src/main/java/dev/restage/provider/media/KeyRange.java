package dev.restage.provider.media;

/**
 * Some of the keys of a media store: those that begin with a prefix and lie between two others, in the order of
 * {@link KeyOrder}. A bound of characters below U+D800 means the same to stores that wrongly order by UTF-16 units.
 *
 * @param prefix the beginning of the keys, as text: {@code images/}; empty for all
 * @param after only keys greater than this one, which need not exist; empty for no bound
 * @param before only keys less than this one, which need not exist; empty for no bound
 */
public record KeyRange(String prefix, String after, String before) {

    /** All keys. */
    public static final KeyRange ALL = of("");

    /**
     * {@return all keys that begin with a prefix}
     *
     * @param prefix the beginning of the keys, as text
     */
    public static KeyRange of(String prefix) {
        return new KeyRange(prefix, "", "");
    }

    /**
     * {@return whether a key is one of these}
     *
     * @param key the key
     */
    public boolean contains(String key) {
        return key.startsWith(prefix) && KeyOrder.UTF_8.compare(key, after) > 0 && !ends(key);
    }

    /**
     * {@return whether neither this key nor any later one is one of these}
     *
     * @param key the key
     */
    public boolean ends(String key) {
        return !before.isEmpty() && KeyOrder.UTF_8.compare(key, before) >= 0;
    }
}
