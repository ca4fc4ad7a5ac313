package dev.restage.sandbox.site.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.site.SiteBranches;
import dev.restage.sandbox.site.internal.content.Content;
import dev.restage.sandbox.site.internal.content.SiteCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteRepositoryTest {

    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");

    private final SiteBranches branches = SiteRepository.BRANCHES;

    @TempDir
    private Path bare;

    private Git git;

    @BeforeEach
    void write() throws Exception {
        git = Git.init()
                .setBare(true)
                .setInitialBranch("main")
                .setDirectory(bare.toFile())
                .call();
        SiteRepository.write(bare, branches, NOW);
    }

    @AfterEach
    void close() {
        git.close();
    }

    @Test
    void openBranchesMergeIntoMainAndTheConflictingOneDoesNot() throws IOException {
        for (String open : branches.open()) {
            assertThat(mergesIntoMain(open)).as(open).isTrue();
        }
        assertThat(mergesIntoMain(branches.conflicting())).isFalse();
    }

    @Test
    void stagingHoldsTheMergedBranchesOnAnOlderMain() throws IOException {
        assertThat(isIn(branches.staging(), branches.stale())).isTrue();
        assertThat(isIn(branches.staging(), branches.squashed())).isTrue();
        assertThat(isIn(branches.staging(), branches.conflicting())).isTrue();
        assertThat(isIn(branches.staging(), branches.unmerged())).isFalse();
        assertThat(isIn(branches.staging(), branches.main())).isFalse();
    }

    @Test
    void theSquashedBranchIsInMainByContentOnly() throws IOException {
        assertThat(isIn(branches.main(), branches.squashed())).isFalse();
        assertThat(blob(branches.main(), "static/cards.css"))
                .isNotEqualTo(ObjectId.zeroId())
                .isEqualTo(blob(branches.squashed(), "static/cards.css"));
    }

    @Test
    void theStaleBranchHasNotBeenTouchedForMonths() throws IOException {
        assertThat(Duration.between(commit(branches.stale()).getAuthorIdent().getWhenAsInstant(), NOW))
                .isGreaterThan(Duration.ofDays(100));
        assertThat(Duration.between(
                        commit(branches.open().get(0)).getAuthorIdent().getWhenAsInstant(), NOW))
                .isLessThan(Duration.ofDays(10));
    }

    @Test
    void migrationsInTheDatabasesAreThoseOfTheBranches() throws IOException {
        assertThat(blob(branches.main(), "home/migrations/0002_hero_caption.py"))
                .isNotEqualTo(ObjectId.zeroId());
        assertThat(SiteCode.migrationsOf(SiteCode.Line.PRODUCTION))
                .contains(new Content.Migration("home", "0002_hero_caption"))
                .doesNotContain(new Content.Migration("news", "0003_topic_filterable"));
        assertThat(SiteCode.migrationsOf(SiteCode.Line.STAGING))
                .contains(new Content.Migration("news", "0003_topic_filterable"));
    }

    private boolean mergesIntoMain(String branch) throws IOException {
        return MergeStrategy.RECURSIVE
                .newMerger(git.getRepository(), true)
                .merge(commit(branches.main()), commit(branch));
    }

    private boolean isIn(String branch, String other) throws IOException {
        try (RevWalk walk = new RevWalk(git.getRepository())) {
            return walk.isMergedInto(walk.parseCommit(commit(other)), walk.parseCommit(commit(branch)));
        }
    }

    private ObjectId blob(String branch, String path) throws IOException {
        try (TreeWalk walk =
                TreeWalk.forPath(git.getRepository(), path, commit(branch).getTree())) {
            return walk == null ? ObjectId.zeroId() : walk.getObjectId(0);
        }
    }

    private RevCommit commit(String branch) throws IOException {
        Repository repository = git.getRepository();
        return repository.parseCommit(repository.resolve("refs/heads/" + branch));
    }
}
