package dev.restage.sandbox.site;

import java.util.List;

/**
 * What exists on staging and not in production, so that a reset loses it.
 *
 * @param people accounts
 * @param pageTitles titles of pages
 * @param mediaKeys keys in staging's bucket
 */
public record StagingOnly(List<Person> people, List<String> pageTitles, List<String> mediaKeys) {

    /**
     * Copies the lists.
     *
     * @param people accounts
     * @param pageTitles titles of pages
     * @param mediaKeys keys in staging's bucket
     */
    public StagingOnly {
        people = List.copyOf(people);
        pageTitles = List.copyOf(pageTitles);
        mediaKeys = List.copyOf(mediaKeys);
    }
}
