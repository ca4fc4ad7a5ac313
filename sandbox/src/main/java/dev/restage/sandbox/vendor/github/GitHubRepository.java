package dev.restage.sandbox.vendor.github;

import dev.restage.sandbox.vendor.internal.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.Merger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.RevWalkUtils;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** What GitHub does to a repository, done with JGit to the real bare one. */
final class GitHubRepository {

    private static final String ZERO = ObjectId.zeroId().name();

    private final String fullName;
    private final Path directory;
    private final Moved moved;

    /** Is told of every reference that was changed here. */
    interface Moved {
        void to(String repository, String ref, String commit);
    }

    /** What lies between two commits. */
    record Comparison(RevCommit base, RevCommit mergeBase, List<RevCommit> ahead, int behindBy) {}

    GitHubRepository(String fullName, Path directory, Moved moved) {
        this.fullName = fullName;
        this.directory = directory;
        this.moved = moved;
    }

    String fullName() {
        return fullName;
    }

    String defaultBranch() throws IOException {
        try (Repository git = SourceTree.open(directory)) {
            return String.valueOf(git.getBranch());
        }
    }

    /** {@return names below a prefix, as {@code refs/heads/}, with their commits, in the order of the names} */
    Map<String, String> refs(String prefix) throws IOException {
        Map<String, String> refs = new TreeMap<>();
        try (Repository git = SourceTree.open(directory)) {
            for (Ref ref : git.getRefDatabase().getRefsByPrefix("refs/")) {
                if (ref.getName().startsWith(prefix)) {
                    refs.put(ref.getName(), ref.getObjectId().name());
                }
            }
        }
        return refs;
    }

    Optional<String> ref(String name) throws IOException {
        return Optional.ofNullable(refs(name).get(name));
    }

    /** {@return the commit of a branch, a tag or an id, with its parents' ids parsed} */
    Optional<RevCommit> commit(String name) throws IOException {
        try (Repository git = SourceTree.open(directory);
                RevWalk walk = new RevWalk(git)) {
            ObjectId id = resolve(git, name);
            return id == null || !git.getObjectDatabase().has(id) ? Optional.empty() : Optional.of(parsed(walk, id));
        }
    }

    private static @Nullable ObjectId resolve(Repository git, String name) throws IOException {
        for (String prefix : List.of("refs/heads/", "refs/tags/", "refs/")) {
            Ref ref = git.exactRef(prefix + name);
            if (ref != null) {
                return ref.getObjectId();
            }
        }
        return ObjectId.isId(name) ? ObjectId.fromString(name) : null;
    }

    private static RevCommit parsed(RevWalk walk, ObjectId id) throws IOException {
        RevCommit commit = walk.parseCommit(id);
        walk.parseBody(commit);
        return commit;
    }

    void create(String ref, String sha) throws IOException {
        requireCommit(sha);
        if (ref(ref).isPresent()) {
            throw GitHubJson.refused(422, "Reference already exists");
        }
        set(ref, sha);
    }

    void update(String ref, String sha, boolean force) throws IOException {
        String old = ref(ref).orElseThrow(() -> GitHubJson.refused(422, "Reference does not exist"));
        requireCommit(sha);
        if (!force && !isAncestor(old, sha)) {
            throw GitHubJson.refused(422, "Update is not a fast forward");
        }
        set(ref, sha);
    }

    void delete(String ref) throws IOException {
        if (ref(ref).isEmpty() || ref.equals("refs/heads/" + defaultBranch())) {
            throw GitHubJson.refused(422, "Reference does not exist");
        }
        try (Repository git = SourceTree.open(directory)) {
            RefUpdate update = git.updateRef(ref);
            update.setForceUpdate(true);
            checked(update.delete());
        }
        moved.to(fullName, ref, ZERO);
    }

    private void requireCommit(String sha) throws IOException {
        if (!ObjectId.isId(sha) || commit(sha).isEmpty()) {
            throw GitHubJson.refused(422, "Object does not exist");
        }
    }

    private boolean isAncestor(String old, String sha) throws IOException {
        try (Repository git = SourceTree.open(directory);
                RevWalk walk = new RevWalk(git)) {
            return walk.isMergedInto(
                    walk.parseCommit(ObjectId.fromString(old)), walk.parseCommit(ObjectId.fromString(sha)));
        }
    }

    private void set(String ref, String sha) throws IOException {
        try (Repository git = SourceTree.open(directory)) {
            RefUpdate update = git.updateRef(ref);
            update.setNewObjectId(ObjectId.fromString(sha));
            checked(update.forceUpdate());
        }
        moved.to(fullName, ref, sha);
    }

    private static void checked(RefUpdate.Result result) {
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
            default -> throw GitHubJson.refused(422, "Reference cannot be updated");
        }
    }

    /** {@return the comparison of two names; empty if one is unknown or they have no common history} */
    Optional<Comparison> compare(String baseName, String headName) throws IOException {
        try (Repository git = SourceTree.open(directory);
                RevWalk walk = new RevWalk(git)) {
            ObjectId baseId = resolve(git, baseName);
            ObjectId headId = resolve(git, headName);
            if (baseId == null || headId == null) {
                return Optional.empty();
            }
            RevCommit base = parsed(walk, baseId);
            RevCommit head = parsed(walk, headId);
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(List.of(base, head));
            RevCommit mergeBase = walk.next();
            if (mergeBase == null) {
                return Optional.empty();
            }
            walk.parseBody(mergeBase);
            walk.reset();
            walk.setRevFilter(RevFilter.ALL);
            int behindBy = RevWalkUtils.count(walk, base, head);
            walk.reset();
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            walk.markStart(head);
            walk.markUninteresting(base);
            List<RevCommit> ahead = new ArrayList<>();
            for (RevCommit commit : walk) {
                walk.parseBody(commit);
                ahead.add(commit);
            }
            return Optional.of(new Comparison(base, mergeBase, ahead, behindBy));
        }
    }

    /** Merges, always with a merge commit; {@return it, or empty if base already holds head} */
    synchronized Optional<RevCommit> merge(String base, String head, String message) throws IOException {
        String ref = "refs/heads/" + base;
        String onto = ref(ref).orElseThrow(() -> GitHubJson.refused(404, "Base does not exist"));
        RevCommit what = commit(head).orElseThrow(() -> GitHubJson.refused(404, "Head does not exist"));
        if (isAncestor(what.name(), onto)) {
            return Optional.empty();
        }
        ObjectId merged;
        try (Repository git = SourceTree.open(directory);
                ObjectInserter inserter = git.newObjectInserter()) {
            Merger merger = MergeStrategy.RECURSIVE.newMerger(git, true);
            if (!merger.merge(ObjectId.fromString(onto), what)) {
                throw GitHubJson.refused(409, "Merge conflict");
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(merger.getResultTreeId());
            commit.setParentIds(ObjectId.fromString(onto), what);
            commit.setAuthor(new PersonIdent(GitHubJson.LOGIN, GitHubJson.LOGIN + "@sandbox.example"));
            commit.setCommitter(new PersonIdent("GitHub", "noreply@github.com"));
            commit.setMessage(message);
            merged = inserter.insert(commit);
            inserter.flush();
        }
        set(ref, merged.name());
        return commit(merged.name());
    }

    /** {@return the text of a file in a commit; empty if it has no such file} */
    Optional<String> file(String commit, String path) throws IOException {
        try (Repository git = SourceTree.open(directory);
                RevWalk walk = new RevWalk(git);
                TreeWalk tree = TreeWalk.forPath(
                        git, path, walk.parseCommit(ObjectId.fromString(commit)).getTree())) {
            return tree == null
                    ? Optional.empty()
                    : Optional.of(new String(git.open(tree.getObjectId(0)).getBytes(), StandardCharsets.UTF_8));
        }
    }

    /** {@return the names of the workflow files of the default branch, in their order} */
    List<String> workflowFiles() throws IOException {
        List<String> names = new ArrayList<>();
        Optional<String> head = ref(Constants.R_HEADS + defaultBranch());
        if (head.isEmpty()) {
            return names;
        }
        try (Repository git = SourceTree.open(directory);
                RevWalk walk = new RevWalk(git);
                TreeWalk tree = new TreeWalk(git)) {
            tree.addTree(walk.parseCommit(ObjectId.fromString(head.get())).getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                if (tree.getPathString().matches("\\.github/workflows/[^/]+\\.ya?ml")) {
                    names.add(tree.getNameString());
                }
            }
        }
        return names;
    }
}
