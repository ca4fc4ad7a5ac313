package dev.restage.sandbox.site;

/**
 * How large a generated site is, in production; staging has a little less of everything.
 *
 * @param pages blog pages, beside the few pages that every site has
 * @param users accounts of editors and members, at least 12
 * @param images original images, at least 8; each has two renditions
 * @param documents documents, at least 4
 * @param submissions what visitors sent with the contact form
 */
public record SiteScale(int pages, int users, int images, int documents, int submissions) {

    /**
     * Checks the minima.
     *
     * @param pages blog pages
     * @param users accounts
     * @param images original images
     * @param documents documents
     * @param submissions form submissions
     */
    public SiteScale {
        if (pages < 10 || users < 12 || images < 8 || documents < 4 || submissions < 1) {
            throw new IllegalArgumentException(
                    "a site has at least 10 pages, 12 users, 8 images, 4 documents and 1 submission");
        }
    }

    /** {@return a site that is made in a second: 120 pages, 40 users, 60 images} */
    public static SiteScale small() {
        return times(1);
    }

    /**
     * {@return a site of several times the size of a small one}
     * @param factor how many times
     */
    public static SiteScale times(int factor) {
        return new SiteScale(120 * factor, 40 * factor, 60 * factor, 20 * factor, 80 * factor);
    }
}
