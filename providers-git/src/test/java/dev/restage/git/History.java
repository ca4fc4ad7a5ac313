package dev.restage.git;

import dev.restage.provider.code.CommitId;
import dev.restage.testkit.BareRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A repository for a test, whose history is written commit by commit, with a walk over it. */
final class History implements AutoCloseable {

    private final BareRepository repository;
    private final Repository open;
    private final RevWalk walk;

    History(Path directory) throws IOException {
        this.repository = BareRepository.create(directory);
        this.open = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .setMustExist(true)
                .build();
        this.walk = new RevWalk(open);
    }

    Repository repository() {
        return open;
    }

    RevWalk walk() {
        return walk;
    }

    /** Commits the contents of files on a branch, after its parents. */
    CommitId commit(String branch, List<CommitId> parents, Map<String, String> changes) {
        return commit(branch, parents, changes, "change " + String.join(", ", changes.keySet()));
    }

    CommitId commit(String branch, List<CommitId> parents, Map<String, String> changes, String message) {
        return repository.commit(branch, parents, changes, message);
    }

    RevCommit read(CommitId commit) throws IOException {
        return walk.parseCommit(id(commit));
    }

    static ObjectId id(CommitId commit) {
        return ObjectId.fromString(commit.value());
    }

    String file(CommitId commit, String name) {
        return repository.file(commit, name).orElse("(none)");
    }

    List<CommitId> parents(CommitId commit) {
        return repository.parents(commit);
    }

    String message(CommitId commit) {
        return repository.message(commit);
    }

    @Override
    public void close() {
        walk.close();
        open.close();
    }
}
