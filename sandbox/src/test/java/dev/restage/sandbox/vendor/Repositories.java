package dev.restage.sandbox.vendor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** Writes commits straight into bare repositories. */
public final class Repositories {

    private Repositories() {}

    public static Path bare(Path parent, String fullName) {
        Path directory = parent.resolve(fullName + ".git");
        try (Repository repository = new FileRepository(directory.toFile())) {
            repository.create(true);
            RefUpdate head = repository.updateRef(Constants.HEAD);
            head.disableRefLog();
            head.link("refs/heads/main");
            return directory;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sets a branch to a new commit with exactly these files; {@return its id} */
    public static String commit(Path directory, String branch, Map<String, String> files, String... parents) {
        try (Repository repository = new FileRepository(directory.toFile());
                ObjectInserter inserter = repository.newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder entries = index.builder();
            for (Map.Entry<String, String> file : files.entrySet()) {
                DirCacheEntry entry = new DirCacheEntry(file.getKey());
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(
                        inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
                entries.add(entry);
            }
            entries.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            commit.setParentIds(Arrays.stream(parents).map(ObjectId::fromString).toArray(ObjectId[]::new));
            PersonIdent someone = new PersonIdent("Some One", "someone@sandbox.example");
            commit.setAuthor(someone);
            commit.setCommitter(someone);
            commit.setMessage("Change " + branch + "\n");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository.updateRef("refs/heads/" + branch);
            update.setNewObjectId(id);
            update.forceUpdate();
            return id.name();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
