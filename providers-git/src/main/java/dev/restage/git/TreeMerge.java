package dev.restage.git;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.errors.NoMergeBaseException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * What merging one commit into another gives, without a working tree. Unlike {@code git merge} it follows no renames:
 * a file renamed on one side and changed on the other is a conflict here.
 *
 * @param tree the files after the merge; the zero id if it conflicts
 * @param conflicts the files that conflict; empty if it is clean
 */
record TreeMerge(ObjectId tree, Set<String> conflicts) {

    static TreeMerge of(Repository clone, RevCommit ours, RevCommit theirs) throws IOException {
        ResolveMerger merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(clone, true);
        try (ObjectInserter inserter = merger.getObjectInserter()) {
            if (merger.merge(ours, theirs)) {
                inserter.flush();
                return new TreeMerge(merger.getResultTreeId(), Set.of());
            }
            Set<String> files = new TreeSet<>(merger.getUnmergedPaths());
            return new TreeMerge(ObjectId.zeroId(), files.isEmpty() ? Set.of("its history") : files);
        } catch (NoMergeBaseException e) {
            return new TreeMerge(ObjectId.zeroId(), Set.of("its history"));
        }
    }

    boolean isClean() {
        return conflicts.isEmpty();
    }
}
