package dev.restage.provider.media;

import dev.restage.provider.Resource;
import java.util.Set;

/** Something that can remove what files say about people. */
public interface FileCleaner extends Resource {

    /**
     * Makes a filter. Reads nothing yet.
     *
     * @param rules what is removed, and what becomes of files that cannot be cleaned
     * @param replaced keys whose files become placeholders, beyond those that the rules name
     * @return the filter; it may be used by several threads at once
     */
    MediaFilter filter(FileRules rules, Set<String> replaced);
}
