package dev.restage.testkit;

import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.code.BranchStatus;
import dev.restage.provider.code.BranchStatus.State;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.GitHost;
import dev.restage.provider.code.Rebuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.io.DisabledOutputStream;
import org.jspecify.annotations.Nullable;

/** A git host whose server is a folder: the smallest that keeps each promise of the role. */
class LocalGitHost implements GitHost {

    final BareRepository server;
    final String branch;

    LocalGitHost(BareRepository server, String branch) {
        this.server = server;
        this.branch = branch;
    }

    @Override
    public Identity identity() {
        return Identity.of("repository", server.directory().toString(), branch);
    }

    @Override
    public String branch() {
        return branch;
    }

    @Override
    public Optional<CommitId> head(String name) {
        return server.head(name);
    }

    @Override
    public List<BranchStatus> report(String base) {
        CommitId main = head(base)
                .orElseThrow(() -> new ProviderException(
                        Kind.NOT_FOUND, "there is no branch " + base + ": name another base", null));
        return in(repository -> {
            List<BranchStatus> report = new ArrayList<>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
                String name = ref.getName().substring(Constants.R_HEADS.length());
                if (!name.equals(base) && !name.equals(branch)) {
                    report.add(status(repository, name, ref.getObjectId(), id(main)));
                }
            }
            report.sort(Comparator.comparing(BranchStatus::committedAt).reversed());
            return report;
        });
    }

    private BranchStatus status(Repository repository, String name, ObjectId head, ObjectId base) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(head);
            Set<ObjectId> ahead = history(repository, head);
            ahead.removeAll(history(repository, base));
            return new BranchStatus(
                    name,
                    new CommitId(head.name()),
                    commit.getCommitterIdent().getWhenAsInstant(),
                    commit.getAuthorIdent().getName(),
                    ahead.isEmpty() ? State.IN_BASE : state(repository, name, head, base),
                    ahead.size());
        }
    }

    State state(Repository repository, String name, ObjectId head, ObjectId base) throws IOException {
        if (isSquashed(repository, head, base)) {
            return State.SQUASHED_INTO_BASE;
        }
        Optional<CommitId> bound = head(branch);
        Set<ObjectId> own = history(repository, head);
        if (bound.isPresent()) {
            try (RevWalk walk = new RevWalk(repository)) {
                for (ObjectId each : history(repository, id(bound.get()))) {
                    RevCommit merge = walk.parseCommit(each);
                    if (merge.getFullMessage().startsWith("Merge branch '" + name + "'")
                            && own.contains(merge.getParent(1))) {
                        return merge.getParent(1).equals(head) ? State.MERGED : State.PARTLY_MERGED;
                    }
                }
            }
        }
        return State.OPEN;
    }

    /** Whether a commit of the base once had all files that the branch changed as the branch has them. */
    private static boolean isSquashed(Repository repository, ObjectId head, ObjectId base) throws IOException {
        Set<ObjectId> shared = history(repository, head);
        shared.retainAll(history(repository, base));
        Set<String> changed = changed(repository, shared.iterator().next(), head);
        for (ObjectId each : history(repository, base)) {
            if (!shared.contains(each)) {
                Set<String> others = changed(repository, each, head);
                others.retainAll(changed);
                if (others.isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Set<String> changed(Repository repository, ObjectId from, ObjectId to) throws IOException {
        Set<String> paths = new HashSet<>();
        try (DiffFormatter differences = new DiffFormatter(DisabledOutputStream.INSTANCE);
                RevWalk walk = new RevWalk(repository)) {
            differences.setRepository(repository);
            for (DiffEntry entry : differences.scan(
                    walk.parseCommit(from).getTree(), walk.parseCommit(to).getTree())) {
                paths.add(
                        entry.getChangeType() == DiffEntry.ChangeType.DELETE ? entry.getOldPath() : entry.getNewPath());
            }
        }
        return paths;
    }

    /** A commit and all before it, newest first. */
    static Set<ObjectId> history(Repository repository, ObjectId head) throws IOException {
        Set<ObjectId> all = new LinkedHashSet<>();
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(head));
            walk.forEach(commit -> all.add(commit.copy()));
        }
        return all;
    }

    @Override
    public CommitId rehearse(Rebuild rebuild) {
        return in(repository -> {
            ObjectId at = id(rebuild.base());
            List<String> merged = new ArrayList<>();
            for (Map.Entry<String, CommitId> merge : rebuild.merges().entrySet()) {
                if (!isContained(repository, at, id(merge.getValue()))) {
                    at = merged(repository, at, merge, rebuild, merged);
                }
                merged.add("'" + merge.getKey() + "'");
            }
            return new CommitId(at.name());
        });
    }

    boolean isContained(Repository repository, ObjectId in, ObjectId commit) throws IOException {
        return history(repository, in).contains(commit);
    }

    ObjectId merged(
            Repository repository,
            ObjectId ours,
            Map.Entry<String, CommitId> merge,
            Rebuild rebuild,
            List<String> before)
            throws IOException {
        ObjectId theirs = id(merge.getValue());
        ResolveMerger merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(repository, true);
        if (!merger.merge(ours, theirs)) {
            throw conflict(merge.getKey(), merger.getUnmergedPaths(), before);
        }
        PersonIdent author = new PersonIdent("Restage", "restage@example.org", rebuild.at(), ZoneOffset.UTC);
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(merger.getResultTreeId());
        commit.setParentIds(ours, theirs);
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage("Merge branch '%s' into %s\n".formatted(merge.getKey(), branch));
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            return made;
        }
    }

    ProviderException conflict(String name, List<String> files, List<String> before) {
        return new ProviderException(
                Kind.CONFLICT,
                "'%s' conflicts with %s in %s: merge them by hand, or leave one out".formatted(name, before, files),
                null);
    }

    @Override
    public void reset(CommitId to, @Nullable CommitId expected) {
        Optional<CommitId> now = head(branch);
        if (isDone(now, to)) {
            return;
        }
        if (!now.equals(Optional.ofNullable(expected))) {
            throw new ProviderException(
                    Kind.CONFLICT,
                    "%s is at %s: look who moved it"
                            .formatted(branch, now.map(CommitId::shortened).orElse("nothing")),
                    null);
        }
        move(to);
    }

    @Override
    public void delete(CommitId expected) {
        Optional<CommitId> now = head(branch);
        if (now.isEmpty()) {
            return;
        }
        if (!now.get().equals(expected)) {
            throw new ProviderException(
                    Kind.CONFLICT,
                    "%s is at %s: look who moved it".formatted(branch, now.get().shortened()),
                    null);
        }
        remove();
    }

    final void remove() {
        server.delete(branch);
    }

    boolean isDone(Optional<CommitId> now, CommitId to) {
        return now.equals(Optional.of(to));
    }

    final void move(CommitId to) {
        if (!in(repository -> repository.getObjectDatabase().has(id(to)))) {
            throw unknown(to);
        }
        server.branch(branch, to);
    }

    ProviderException unknown(CommitId to) {
        return new ProviderException(Kind.NOT_FOUND, "nobody has the commit " + to.shortened(), null);
    }

    static ObjectId id(CommitId commit) {
        return ObjectId.fromString(commit.value());
    }

    final <T> T in(Work<T> work) {
        try (Repository repository = new FileRepositoryBuilder()
                .setGitDir(server.directory().toFile())
                .setBare()
                .build()) {
            return work.on(repository);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is done in an open repository. */
    @FunctionalInterface
    interface Work<T> {
        T on(Repository repository) throws IOException;
    }
}
