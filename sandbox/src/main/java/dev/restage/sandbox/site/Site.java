package dev.restage.sandbox.site;

import java.util.List;

/**
 * What was generated, for whoever checks the outcome of a reset.
 *
 * @param production the environment to copy from
 * @param staging the older environment to copy to
 * @param people the persons with an account in production: none of them may be readable on staging after a reset
 * @param stagingOnly what exists on staging alone
 * @param repository the repository of the code on the git server, {@code owner/name}
 * @param branches its branches
 * @param cache what lies in staging's Redis
 */
public record Site(
        SiteEnvironment production,
        SiteEnvironment staging,
        List<Person> people,
        StagingOnly stagingOnly,
        String repository,
        SiteBranches branches,
        SiteCache cache) {

    /** Where Django puts files in a bucket; file names in the database are without it. */
    public static final String MEDIA_LOCATION = "media/";

    /**
     * Copies the list.
     *
     * @param production the environment to copy from
     * @param staging the environment to copy to
     * @param people the persons of production
     * @param stagingOnly what exists on staging alone
     * @param repository the repository of the code
     * @param branches its branches
     * @param cache what lies in staging's Redis
     */
    public Site {
        people = List.copyOf(people);
    }
}
