package dev.restage.provider.media;

import dev.restage.provider.ProviderException;

/** Decides object by object what reaches the target: the object as it is, a changed one, or nothing. */
public interface MediaFilter {

    /**
     * {@return what would be done to an object, as an opaque text that changes whenever the outcome for the same content
     * could change, such as with the rules or a newer library; empty if the object is not even looked into}
     *
     * @param key the object's key at the source
     * @param sizeBytes its size
     */
    String treatment(String key, long sizeBytes);

    /**
     * {@return how many bytes from its beginning on tell whether the rest of an object is needed; its size if all of it
     * is, by its name}
     *
     * @param key the object's key at the source
     * @param sizeBytes its size
     */
    default long firstBytes(String key, long sizeBytes) {
        return sizeBytes;
    }

    /**
     * Looks into an object and changes it if need be. The same content and treatment give the same bytes.
     *
     * @param object the object as the source listed it; its treatment is not empty
     * @param content its content, which the caller closes; it need not be read to its end, and what lies behind the
     *     {@link #firstBytes} costs a request if it is read
     * @return the outcome, to be closed by the caller; never the object as it is where it could not be understood
     * @throws ProviderException {@code UNAVAILABLE} if the content ends early or this machine's disk fails
     */
    Filtered apply(MediaObject object, MediaContent content);
}
