package dev.restage.git;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.Rebuild;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Makes the merge commits of a rebuild in a clone, without a working tree. */
final class Rehearsal {

    private static final Pattern AUTHOR = Pattern.compile("\\s*(.*?)\\s*<([^<>]*)>\\s*");
    private static final int FILES_SHOWN = 10;

    private final Repository clone;
    private final RevWalk walk;
    private final String target;

    /**
     * @param clone has all commits of the rebuild
     * @param walk reads the clone
     * @param target the branch that is rebuilt
     */
    Rehearsal(Repository clone, RevWalk walk, String target) {
        this.clone = clone;
        this.walk = walk;
        this.target = target;
    }

    CommitId run(Rebuild rebuild) throws IOException {
        PersonIdent author = author(rebuild);
        RevCommit base = walk.parseCommit(ObjectId.fromString(rebuild.base().value()));
        RevCommit tip = base;
        Map<String, RevCommit> merged = new LinkedHashMap<>();
        for (Map.Entry<String, CommitId> merge : rebuild.merges().entrySet()) {
            String branch = merge.getKey();
            RevCommit theirs =
                    walk.parseCommit(ObjectId.fromString(merge.getValue().value()));
            if (walk.isMergedInto(theirs, tip)) {
                continue; // As git says: already up to date.
            }
            TreeMerge outcome = TreeMerge.of(clone, tip, theirs);
            if (!outcome.isClean()) {
                throw conflict(branch, theirs, outcome.conflicts(), base, merged);
            }
            tip = commit(outcome.tree(), tip, theirs, "Merge branch '%s' into %s\n".formatted(branch, target), author);
            merged.put(branch, theirs);
        }
        return new CommitId(tip.name());
    }

    private RevCommit commit(ObjectId tree, RevCommit ours, RevCommit theirs, String message, PersonIdent author)
            throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(ours, theirs);
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage(message);
        try (ObjectInserter inserter = clone.newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return walk.parseCommit(id);
        }
    }

    private ProviderException conflict(
            String branch, RevCommit theirs, Collection<String> files, RevCommit base, Map<String, RevCommit> merged)
            throws IOException {
        String shown = files.stream().limit(FILES_SHOWN).collect(Collectors.joining(", "))
                + (files.size() > FILES_SHOWN ? " and %d more".formatted(files.size() - FILES_SHOWN) : "");
        Optional<String> rival = TreeMerge.of(clone, base, theirs).isClean() ? rival(theirs, merged) : Optional.empty();
        String advice = rival.map(other -> "it conflicts with '%s', merged before it: merge '%s' into '%s' and push it,"
                                .formatted(other, other, branch)
                        + " or leave one of the two out of the plan")
                .orElse(
                        "merge the base (%s) into '%s', resolve the conflict there and push it, or leave '%s' out of the plan"
                                .formatted(base.abbreviate(10).name(), branch, branch));
        return new ProviderException(
                Kind.CONFLICT,
                "merging '%s' (%s) into '%s' conflicts in %s; %s"
                        .formatted(branch, theirs.abbreviate(10).name(), target, shown, advice),
                Effect.NONE,
                null);
    }

    /** The branch merged before that alone conflicts with this one. */
    private Optional<String> rival(RevCommit theirs, Map<String, RevCommit> merged) throws IOException {
        for (Map.Entry<String, RevCommit> other : merged.entrySet()) {
            if (!TreeMerge.of(clone, other.getValue(), theirs).isClean()) {
                return Optional.of(other.getKey());
            }
        }
        return Optional.empty();
    }

    private static PersonIdent author(Rebuild rebuild) {
        Matcher parts = AUTHOR.matcher(rebuild.author());
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an author: \"" + rebuild.author() + "\"; write Name <mail>");
        }
        return new PersonIdent(parts.group(1), parts.group(2), rebuild.at(), ZoneOffset.UTC);
    }
}
