package dev.restage.sandbox.site;

/**
 * How much an environment holds.
 *
 * @param pages rows of {@code wagtailcore_page}, the root included
 * @param users accounts
 * @param images original images
 * @param renditions renditions of images
 * @param documents documents
 * @param submissions form submissions
 * @param mediaObjects objects in the bucket
 */
public record SiteCounts(
        int pages, int users, int images, int renditions, int documents, int submissions, int mediaObjects) {}
