package dev.restage.git;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.PatchIdDiffFormatter;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Recognises a change under another commit id, by the patch id: equal for equal changed lines wherever they stand.
 * Comparing names of changed files comes first, for it is far cheaper.
 */
final class PatchIds {

    private final Repository clone;
    private final RevWalk walk;
    private final Map<ObjectId, List<String>> filesOfCommit = new HashMap<>();

    PatchIds(Repository clone, RevWalk walk) {
        this.clone = clone;
        this.walk = walk;
    }

    /** {@return whether one of the commits changes what lies between two commits, and nothing else} */
    boolean anyMatches(List<RevCommit> commits, RevCommit from, RevCommit to) throws IOException {
        List<String> files = changedFiles(from, to);
        ObjectId wanted = null;
        for (RevCommit commit : commits) {
            if (files.equals(changedFiles(commit))) {
                wanted = wanted == null ? patchId(from, to) : wanted;
                if (wanted.equals(patchId(walk.parseCommit(commit.getParent(0)), commit))) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<String> changedFiles(RevCommit commit) throws IOException {
        List<String> known = filesOfCommit.get(commit);
        if (known == null) {
            known = changedFiles(walk.parseCommit(commit.getParent(0)), commit);
            filesOfCommit.put(commit.copy(), known);
        }
        return known;
    }

    private List<String> changedFiles(RevCommit from, RevCommit to) throws IOException {
        try (PatchIdDiffFormatter differ = differ()) {
            return differ.scan(from.getTree(), to.getTree()).stream()
                    .map(entry -> entry.getChangeType() == DiffEntry.ChangeType.DELETE
                            ? entry.getOldPath()
                            : entry.getNewPath())
                    .toList();
        }
    }

    private ObjectId patchId(RevCommit from, RevCommit to) throws IOException {
        try (PatchIdDiffFormatter differ = differ()) {
            differ.format(from.getTree(), to.getTree());
            differ.flush();
            return differ.getCalulatedPatchId();
        }
    }

    private PatchIdDiffFormatter differ() {
        PatchIdDiffFormatter differ = new PatchIdDiffFormatter();
        differ.setRepository(clone);
        differ.setDetectRenames(false);
        return differ;
    }
}
