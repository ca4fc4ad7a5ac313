package dev.restage.provider.media;

import java.util.Set;

/**
 * What an object has beside its content. A copy keeps what it is told to keep, as far as both stores have it; of the rest
 * it gets what the target store gives to new objects.
 */
public enum MediaAttribute {
    /**
     * Content type, cache control, disposition, encoding, language, when it expires, where an object without content
     * redirects to, and the user's own metadata.
     */
    METADATA,
    /** Tags. */
    TAGS,
    /** Who may read it, where that is said per object. */
    ACL,
    /** The storage class, by which its storage is billed. */
    STORAGE_CLASS,
    /** How the store encrypts it, with the key of the source. */
    ENCRYPTION;

    /** What a copy keeps unless told otherwise: what the visitors of a site could notice. */
    public static final Set<MediaAttribute> USUAL = Set.of(METADATA, TAGS);
}
