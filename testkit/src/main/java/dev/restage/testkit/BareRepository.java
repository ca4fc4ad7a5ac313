package dev.restage.testkit;

import dev.restage.provider.code.CommitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A bare git repository in a directory, and how tests make history in it. */
public final class BareRepository {

    private final Path directory;
    private int commits;

    private BareRepository(Path directory) {
        this.directory = directory;
    }

    /**
     * Creates an empty repository.
     *
     * @param directory where, not yet there
     * @return the repository
     */
    public static BareRepository create(Path directory) {
        BareRepository made = new BareRepository(directory);
        made.with(repository -> {
            repository.create(true);
            return directory;
        });
        return made;
    }

    /**
     * Uses a repository that is there.
     *
     * @param directory the directory that holds its objects
     * @return the repository
     */
    public static BareRepository at(Path directory) {
        return new BareRepository(directory);
    }

    /** {@return where it is} */
    public Path directory() {
        return directory;
    }

    /**
     * Commits one changed file to a branch, which is made if need be.
     *
     * @param branch the branch
     * @param file the path of the file
     * @param content its new content, with {@code \n} at the end of each line
     * @return the commit
     */
    public CommitId commit(String branch, String file, String content) {
        return commit(branch, head(branch).stream().toList(), Map.of(file, content), "Change " + file);
    }

    /**
     * Makes a commit with chosen parents and moves a branch there.
     *
     * @param branch the branch
     * @param parents its parents; the files of the first are kept
     * @param changes path to new content
     * @param message the commit's message
     * @return the commit
     */
    public CommitId commit(String branch, List<CommitId> parents, Map<String, String> changes, String message) {
        return with(repository -> {
            try (ObjectInserter inserter = repository.newObjectInserter();
                    RevWalk walk = new RevWalk(repository)) {
                TreeMap<String, ObjectId> files = new TreeMap<>();
                if (!parents.isEmpty()) {
                    files.putAll(filesOf(repository, walk.parseCommit(id(parents.get(0)))));
                }
                for (Map.Entry<String, String> change : changes.entrySet()) {
                    byte[] content = change.getValue().getBytes(StandardCharsets.UTF_8);
                    files.put(change.getKey(), inserter.insert(Constants.OBJ_BLOB, content));
                }
                PersonIdent author = new PersonIdent(
                        "Ada",
                        "ada@example.org",
                        Instant.ofEpochSecond(1_700_000_000L + 60L * commits++),
                        ZoneOffset.UTC);
                CommitBuilder commit = new CommitBuilder();
                commit.setTreeId(tree(files, inserter));
                commit.setParentIds(
                        new ArrayList<>(parents.stream().map(BareRepository::id).toList()));
                commit.setAuthor(author);
                commit.setCommitter(author);
                commit.setMessage(message);
                ObjectId made = inserter.insert(commit);
                inserter.flush();
                return point(repository, branch, made);
            }
        });
    }

    /**
     * Makes or moves a branch.
     *
     * @param name the branch
     * @param to its new commit
     */
    public void branch(String name, CommitId to) {
        with(repository -> point(repository, name, id(to)));
    }

    /**
     * Deletes a branch.
     *
     * @param name the branch
     */
    public void delete(String name) {
        with(repository -> {
            RefUpdate update = repository.updateRef(Constants.R_HEADS + name);
            update.setForceUpdate(true);
            return update.delete();
        });
    }

    /**
     * {@return the newest commit of a branch; empty if there is none}
     *
     * @param branch the branch
     */
    public Optional<CommitId> head(String branch) {
        return with(repository -> Optional.ofNullable(repository.exactRef(Constants.R_HEADS + branch))
                .map(Ref::getObjectId)
                .map(id -> new CommitId(id.name())));
    }

    /**
     * {@return a file as a commit has it; empty if it has none}
     *
     * @param commit the commit
     * @param file the path of the file
     */
    public Optional<String> file(CommitId commit, String file) {
        return with(repository -> {
            try (RevWalk walk = new RevWalk(repository)) {
                ObjectId blob =
                        filesOf(repository, walk.parseCommit(id(commit))).get(file);
                return blob == null
                        ? Optional.empty()
                        : Optional.of(new String(repository.open(blob).getBytes(), StandardCharsets.UTF_8));
            }
        });
    }

    /**
     * {@return the parents of a commit, in their order}
     *
     * @param commit the commit
     */
    public List<CommitId> parents(CommitId commit) {
        return with(repository -> {
            try (RevWalk walk = new RevWalk(repository)) {
                return List.of(walk.parseCommit(id(commit)).getParents()).stream()
                        .map(parent -> new CommitId(parent.name()))
                        .toList();
            }
        });
    }

    /**
     * {@return the message of a commit}
     *
     * @param commit the commit
     */
    public String message(CommitId commit) {
        return with(repository -> {
            try (RevWalk walk = new RevWalk(repository)) {
                return walk.parseCommit(id(commit)).getFullMessage();
            }
        });
    }

    private static CommitId point(Repository repository, String branch, ObjectId to) throws IOException {
        RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
        update.setNewObjectId(to);
        update.setForceUpdate(true);
        RefUpdate.Result result = update.update();
        if (result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.IO_FAILURE) {
            throw new IOException("the branch " + branch + " cannot be moved: " + result);
        }
        return new CommitId(to.name());
    }

    private static Map<String, ObjectId> filesOf(Repository repository, RevCommit commit) throws IOException {
        Map<String, ObjectId> files = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                files.put(walk.getPathString(), walk.getObjectId(0));
            }
        }
        return files;
    }

    private static ObjectId tree(Map<String, ObjectId> files, ObjectInserter inserter) throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        files.forEach((path, blob) -> {
            DirCacheEntry entry = new DirCacheEntry(path);
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(blob);
            builder.add(entry);
        });
        builder.finish();
        return index.writeTree(inserter);
    }

    private static ObjectId id(CommitId commit) {
        return ObjectId.fromString(commit.value());
    }

    private <T> T with(Work<T> work) {
        try (Repository repository = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build()) {
            return work.on(repository);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Repository repository) throws IOException;
    }
}
