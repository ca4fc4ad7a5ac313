package dev.restage.provider.media;

import java.util.List;

/** Adds up what a sync would cost. May be used by several threads. */
public interface MediaCosts {

    /**
     * Adds a copy, made inside the store where that is possible.
     *
     * @param object the object as the source listed it
     */
    void copy(MediaObject object);

    /**
     * Adds a copy that passes through this machine whatever is possible.
     *
     * @param object the object as the source listed it
     */
    void pass(MediaObject object);

    /**
     * Adds a copy, made inside the store where that is possible, of an object whose first bytes are read here before.
     *
     * @param object the object as the source listed it
     * @param bytes how many bytes are read
     */
    void look(MediaObject object, long bytes);

    /**
     * {@return sentences for people: requests by kind, money, traffic and time, for each way to do it}
     *
     * @param sourceObjects how many objects the source lists
     * @param targetObjects how many objects the target lists
     * @param deletes how many objects are deleted at the target
     */
    List<String> sentences(long sourceObjects, long targetObjects, long deletes);
}
