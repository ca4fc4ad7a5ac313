package dev.restage.git;

import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Resource;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.code.BranchStatus;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.GitHost;
import dev.restage.provider.code.Rebuild;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** One branch of a repository on any git server, worked on in a clone on this machine. */
final class GitRepository implements GitHost {

    /** What a clone keeps although no branch leads to it any more, so that it can be pushed again. */
    private static final String KEPT = "refs/restage/kept/";

    private final GitRemote remote;
    private final LocalClone clone;
    private final String branch;
    private final Supplier<String> repository;

    /**
     * @param remote the server's side
     * @param clone this machine's side
     * @param branch the branch that this object is bound to
     * @param repository asks which repository this really is
     */
    GitRepository(GitRemote remote, LocalClone clone, String branch, Supplier<String> repository) {
        this.remote = remote;
        this.clone = clone;
        this.branch = branch;
        this.repository = repository;
    }

    @Override
    public Identity identity() {
        return Identity.of("git branch", repository.get(), branch);
    }

    /**
     * A repository has no id of its own. Two places that can be one, at which every branch has the same head, are taken for one; a
     * fork that was pushed to since is another. What else writes into the folder of a repository writes this branch.
     */
    @Override
    public boolean mayBe(Resource other) {
        GitLocation here = remote.location();
        if (!(other instanceof GitHost) && here.isLocal()) {
            return Identity.file(here.directory()).overlaps(other.identity());
        }
        return other instanceof GitRepository same
                && branch.equals(same.branch)
                && remote.location().mayBe(same.remote.location())
                && remote.heads().equals(same.remote.heads());
    }

    @Override
    public String branch() {
        return branch;
    }

    @Override
    public Optional<CommitId> head(String name) {
        return Optional.ofNullable(remote.heads().get(name)).map(id -> new CommitId(id.name()));
    }

    @Override
    public List<BranchStatus> report(String base) {
        return clone.use(repo -> {
            remote.fetch(repo);
            Map<String, ObjectId> heads = fetchedHeads(repo);
            ObjectId baseHead = heads.get(base);
            if (baseHead == null) {
                throw new ProviderException(
                        Kind.NOT_FOUND,
                        "%s has no branch '%s' to compare with; check the name of the base"
                                .formatted(remote.location(), base),
                        Effect.NONE,
                        null);
            }
            List<BranchStatus> found = new ArrayList<>();
            try (RevWalk walk = new RevWalk(repo)) {
                BranchReport report = new BranchReport(repo, walk, baseHead, heads.get(branch));
                for (Map.Entry<String, ObjectId> head : heads.entrySet()) {
                    if (!head.getKey().equals(base) && !head.getKey().equals(branch)) {
                        found.add(report.of(head.getKey(), head.getValue()));
                    }
                }
            }
            found.sort(
                    Comparator.comparing(BranchStatus::committedAt).reversed().thenComparing(BranchStatus::name));
            return List.copyOf(found);
        });
    }

    private static Map<String, ObjectId> fetchedHeads(Repository repo) throws IOException {
        return repo.getRefDatabase().getRefsByPrefix(GitRemote.TRACKING).stream()
                .collect(Collectors.toMap(
                        ref -> ref.getName().substring(GitRemote.TRACKING.length()), Ref::getObjectId));
    }

    @Override
    public CommitId rehearse(Rebuild rebuild) {
        return clone.use(repo -> {
            List<CommitId> needed = new ArrayList<>(rebuild.merges().values());
            needed.add(rebuild.base());
            provide(repo, needed);
            try (RevWalk walk = new RevWalk(repo)) {
                CommitId made = new Rehearsal(repo, walk, branch).run(rebuild);
                keep(repo, made);
                return made;
            }
        });
    }

    @Override
    public void reset(CommitId to, @Nullable CommitId expected) {
        clone.use(repo -> move(repo, to, expected));
    }

    @Override
    public void delete(CommitId expected) {
        clone.use(repo -> move(repo, null, expected));
    }

    /**
     * Moves the branch, or removes it.
     *
     * @param to where it goes; null to remove it
     * @return whether anything had to be done
     */
    private boolean move(Repository repo, @Nullable CommitId to, @Nullable CommitId expected) throws IOException {
        CommitId now = head(branch).orElse(null);
        if (Objects.equals(to, now)) {
            return false;
        }
        if (!Objects.equals(now, expected)) {
            throw elsewhere(now, expected);
        }
        provide(repo, Stream.of(to, now).flatMap(Stream::ofNullable).toList());
        if (now != null) {
            keep(repo, now);
        }
        push(repo, to, expected);
        return true;
    }

    private void push(Repository repo, @Nullable CommitId to, @Nullable CommitId expected) throws IOException {
        PushOutcome outcome;
        try {
            outcome = remote.push(repo, branch, idOrZero(to), idOrZero(expected));
        } catch (ProviderException e) {
            if (e.kind() == Kind.UNAVAILABLE && isAt(to)) {
                return; // Only the answer was lost.
            }
            throw e;
        }
        switch (outcome.status()) {
            case OK, UP_TO_DATE -> {}
            case REJECTED_REMOTE_CHANGED -> {
                CommitId now = head(branch).orElse(null);
                if (!Objects.equals(to, now)) {
                    throw elsewhere(now, expected);
                }
            }
            default ->
                throw outcome.refusal("%s refuses to %s the branch '%s'"
                        .formatted(remote.location(), to == null ? "remove" : "move", branch));
        }
    }

    private static ObjectId idOrZero(@Nullable CommitId commit) {
        return commit == null ? ObjectId.zeroId() : id(commit);
    }

    private boolean isAt(@Nullable CommitId commit) {
        return Objects.equals(head(branch).orElse(null), commit);
    }

    private ProviderException elsewhere(@Nullable CommitId now, @Nullable CommitId expected) {
        return new ProviderException(
                Kind.CONFLICT,
                "the branch '%s' of %s %s, but was expected %s: somebody else has moved it; look at it, make a new preview and run again"
                        .formatted(
                                branch,
                                remote.location(),
                                now == null ? "does not exist" : "is at " + now.shortened(),
                                expected == null ? "not to exist" : "at " + expected.shortened()),
                Effect.NONE,
                null);
    }

    /** Sees to it that the clone has commits, with all that leads to them. */
    private void provide(Repository repo, Collection<CommitId> commits) throws IOException {
        if (hasAll(repo, commits)) {
            return;
        }
        remote.fetch(repo);
        for (CommitId commit : commits) {
            if (!hasAll(repo, List.of(commit))) {
                remote.fetch(repo, commit, KEPT + commit.value());
            }
        }
    }

    private static boolean hasAll(Repository repo, Collection<CommitId> commits) throws IOException {
        for (CommitId commit : commits) {
            if (!repo.getObjectDatabase().has(id(commit))) {
                return false;
            }
        }
        return true;
    }

    private static void keep(Repository repo, CommitId commit) throws IOException {
        RefUpdate update = repo.updateRef(KEPT + commit.value());
        update.setNewObjectId(id(commit));
        update.setForceUpdate(true);
        RefUpdate.Result result = update.update();
        if (result != RefUpdate.Result.NEW && result != RefUpdate.Result.NO_CHANGE) {
            throw new IOException("cannot keep the commit " + commit + ": " + result);
        }
    }

    private static ObjectId id(CommitId commit) {
        return ObjectId.fromString(commit.value());
    }
}
