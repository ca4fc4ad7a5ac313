package dev.restage.provider.media;

import com.google.common.io.ByteStreams;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Resource;
import dev.restage.provider.Writes;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A place for media files: a bucket below a prefix, or a folder.
 *
 * <p>Every method throws {@link ProviderException} if the store refuses or cannot be reached.
 */
public interface MediaStore extends Resource {

    /**
     * Lists the objects of a range of keys, in the order of the keys' UTF-8 bytes. Pages are fetched while the iterator
     * goes on, so memory does not grow with the store, and none behind the range; an error while fetching is thrown by
     * the iterator.
     *
     * @param range the keys
     * @return the objects; each call lists anew
     * @throws ProviderException {@code NOT_FOUND} if the bucket does not exist; an empty listing is no error
     */
    Iterator<MediaObject> list(KeyRange range);

    /**
     * Lists all objects whose key begins with a prefix.
     *
     * @param prefix the beginning of the keys, as text: {@code images/}; empty for all
     * @return the objects; each call lists anew
     * @throws ProviderException {@code NOT_FOUND} if the bucket does not exist; an empty listing is no error
     */
    default Iterator<MediaObject> list(String prefix) {
        return list(KeyRange.of(prefix));
    }

    /**
     * Opens an object as it was listed.
     *
     * @param object the object
     * @return its content, to be closed
     * @throws ProviderException {@code NOT_FOUND} if it is gone, {@code CONFLICT} if it has changed since
     */
    MediaContent open(MediaObject object);

    /**
     * Opens the rest of an object, to go on where a reading broke off.
     *
     * @param object the object as it was listed
     * @param from how many of its first bytes to leave out; fewer than it has
     * @return its content from there, whose size is that of the rest; to be closed
     * @throws ProviderException {@code NOT_FOUND} if it is gone, {@code CONFLICT} if it has changed since
     */
    default MediaContent open(MediaObject object, long from) {
        MediaContent content = open(object);
        try {
            content.stream().skipNBytes(from);
        } catch (IOException e) {
            ProviderException failure = new ProviderException(
                    ProviderException.Kind.UNAVAILABLE,
                    "%s in %s cannot be read from byte %d on; run again".formatted(object.key(), identity(), from),
                    e);
            try {
                content.close();
            } catch (IOException again) {
                failure.addSuppressed(again);
            }
            throw failure;
        }
        return new MediaContent(content.stream(), content.sizeBytes() - from, content.contentType(), content.headers());
    }

    /** {@return a new check for keys that this store cannot hold; it takes all of them by default} */
    default KeyCheck keyCheck() {
        return KeyCheck.NONE;
    }

    /**
     * Opens a part of an object as it was listed.
     *
     * @param object the object
     * @param from how many bytes to leave out at its beginning
     * @param length how many bytes to read at most; the object ends sooner if it is shorter
     * @return that part of its content, to be closed
     * @throws ProviderException {@code NOT_FOUND} if it is gone, {@code CONFLICT} if it has changed since
     */
    default MediaContent open(MediaObject object, long from, long length) {
        MediaContent rest = from == 0 ? open(object) : open(object, from);
        return new MediaContent(
                ByteStreams.limit(rest.stream(), length),
                Math.min(length, rest.sizeBytes()),
                rest.contentType(),
                rest.headers());
    }

    /**
     * A checksum of an object's whole content, where the store keeps one. Equal checksums of one algorithm mean equal
     * content. Costs a request.
     *
     * @param object the object as it was listed
     * @return the algorithm and the sum, {@code crc64nvme:LeBVGQv+pg4=}; empty if the store has none
     * @throws ProviderException {@code NOT_FOUND} if it is gone, {@code CONFLICT} if it has changed since
     */
    default String checksum(MediaObject object) {
        return "";
    }

    /**
     * The tags of an object. Costs a request.
     *
     * @param object the object as it was listed
     * @return name to value; empty if it has none, or the store knows no tags
     * @throws ProviderException {@code NOT_FOUND} if it is gone
     */
    default Map<String, String> tags(MediaObject object) {
        return Map.of();
    }

    /**
     * {@return whether copies of that store's objects are made inside the store, so that no byte passes through here}
     *
     * @param source the store to read
     */
    default boolean copiesInside(MediaStore source) {
        return false;
    }

    /**
     * Finds out on what terms copies to this store can keep what they are told to keep; changes nothing.
     *
     * @param source the store to read
     * @param keep what else of the objects is to be kept
     * @return what will not be exactly as it was, and what may be refused, in sentences; empty if there is nothing to say
     * @throws ProviderException {@code UNSUPPORTED} if it cannot be kept at all
     */
    default List<String> terms(MediaStore source, Set<MediaAttribute> keep) {
        return List.of();
    }

    /**
     * Begins to add up what copies to this store would cost.
     *
     * @param source the store to read
     * @return what adds up; empty if it costs nothing, or nothing is known
     */
    default Optional<MediaCosts> costs(MediaStore source) {
        return Optional.empty();
    }

    /**
     * Finds out whether this store can copy many objects of another one by a job of its own.
     *
     * @param source the store to read
     * @return what does it; empty if nothing does
     * @throws ProviderException {@code UNSUPPORTED} if it could, but is not told all that it needs
     */
    default Optional<BulkCopier> bulk(MediaStore source) {
        return Optional.empty();
    }

    /**
     * Copies one object of another store here and checks the result. Server-side where both stores allow it. Replaces
     * what is there.
     *
     * @param source the store to read
     * @param object the object as the source listed it
     * @param key its key here
     * @param keep what else of the object is kept
     * @return the object as it is here now
     * @throws ProviderException {@code NOT_FOUND} if it is gone at the source, {@code CONFLICT} if it has changed there,
     *     {@code UNSUPPORTED} if it cannot be read as it is: archived, or encrypted with a key that nobody gave
     */
    @Writes
    MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep);

    /**
     * Copies one object of another store here, with its metadata and tags.
     *
     * @param source the store to read
     * @param object the object as the source listed it
     * @param key its key here
     * @return the object as it is here now
     * @throws ProviderException {@code NOT_FOUND} if it is gone at the source, {@code CONFLICT} if it has changed there
     */
    @Writes
    default MediaObject copy(MediaStore source, MediaObject object, String key) {
        return copy(source, object, key, MediaAttribute.USUAL);
    }

    /**
     * Copies one object of another store here under the same key.
     *
     * @param source the store to read
     * @param object the object as the source listed it
     * @return the object as it is here now
     * @throws ProviderException {@code NOT_FOUND} if it is gone at the source, {@code CONFLICT} if it has changed there
     */
    @Writes
    default MediaObject copy(MediaStore source, MediaObject object) {
        return copy(source, object, object.key());
    }

    /**
     * Deletes objects. A key that is not there is no error.
     *
     * @param keys the keys
     * @return the keys that could not be deleted, each with the reason; empty if all are gone
     */
    @Writes
    Map<String, String> delete(Collection<String> keys);
}
