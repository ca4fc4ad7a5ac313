package dev.restage.sandbox.site;

import java.util.List;

/**
 * The branches of the site's repository.
 *
 * @param main what production runs
 * @param staging an older main with the merges of several branches
 * @param open merged into staging, wanted, and free of conflicts with main
 * @param squashed merged into staging, and meanwhile into main as one other commit
 * @param stale merged into staging months ago and forgotten
 * @param conflicting merged into staging, and in conflict with main by now
 * @param unmerged merged nowhere
 */
public record SiteBranches(
        String main,
        String staging,
        List<String> open,
        String squashed,
        String stale,
        String conflicting,
        String unmerged) {

    /**
     * Copies the list.
     *
     * @param main what production runs
     * @param staging an older main with merges
     * @param open merged into staging and wanted
     * @param squashed merged into main as one commit
     * @param stale merged into staging months ago
     * @param conflicting in conflict with main
     * @param unmerged merged nowhere
     */
    public SiteBranches {
        open = List.copyOf(open);
    }
}
