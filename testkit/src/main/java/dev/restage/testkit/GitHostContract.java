package dev.restage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.code.BranchStatus;
import dev.restage.provider.code.BranchStatus.State;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.GitHost;
import dev.restage.provider.code.Rebuild;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link GitHost} must do. A provider's test extends this and adds its own cases. */
public abstract class GitHostContract {

    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");

    /** For subclasses, one per implementation. */
    protected GitHostContract() {}

    /** {@return the repository that the server serves, as it is on the server's disk; empty when a test begins} */
    protected abstract BareRepository server();

    /**
     * {@return the implementation under test}
     *
     * @param branch the branch that it is bound to
     */
    protected abstract GitHost host(String branch);

    @Test
    void knowsTheHeadOfEachBranchAndThatOneIsMissing() {
        CommitId main = server().commit("main", "a.txt", "1\n");
        CommitId feature = server().commit("feature/x", "b.txt", "1\n");

        GitHost host = host("staging");

        assertThat(host.branch()).isEqualTo("staging");
        assertThat(host.head("main")).contains(main);
        assertThat(host.head("feature/x")).contains(feature);
        assertThat(host.head("staging")).isEmpty();
        assertThat(host.head("x")).isEmpty();
    }

    @Test
    void anEmptyRepositoryHasNoBranches() {
        assertThat(host("staging").head("main")).isEmpty();
        assertThatThrownBy(() -> host("staging").report("main"))
                .hasMessageContaining("main")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
    }

    @Test
    void twoBranchesAreTwoThingsAndOneBranchIsOne() {
        assertThat(host("staging").identity()).isEqualTo(host("staging").identity());
        assertThat(host("staging").identity().overlaps(host("main").identity())).isFalse();
    }

    @Test
    void reportsWhereTheWorkOfEachBranchIs() {
        BareRepository server = server();
        CommitId root = server.commit("main", "a.txt", "1\n2\n3\n");
        server.branch("old", root);
        CommitId squashed = grow("squashed", root, "s.txt", "one\n", "two\n");
        CommitId picked = grow("picked", root, "p.txt", "one\n", "two\n");
        CommitId merged = grow("merged", root, "m.txt", "one\n");
        CommitId partly = grow("partly", root, "q.txt", "one\n");
        CommitId stacked = grow("stacked", merged, "t.txt", "one\n");
        CommitId open = grow("open", root, "o.txt", "one\n");
        server.commit("main", "s.txt", "two\n");
        server.commit("main", "p.txt", "one\n");
        server.commit("main", "p.txt", "two\n");
        CommitId main = server.commit("main", "s.txt", "three\n");
        server.commit("main", "p.txt", "three\n");
        CommitId staging = merge("staging", root, squashed, "squashed", Map.of("s.txt", "two\n"));
        staging = merge("staging", staging, merged, "merged", Map.of("m.txt", "one\n"));
        merge("staging", staging, partly, "partly", Map.of("q.txt", "one\n"));
        CommitId grown = server.commit("partly", "q.txt", "two\n");

        List<BranchStatus> report = host("staging").report("main");

        Map<String, State> states = new LinkedHashMap<>();
        report.forEach(status -> states.put(status.name(), status.state()));
        assertThat(states)
                .containsOnly(
                        entry("old", State.IN_BASE),
                        entry("squashed", State.SQUASHED_INTO_BASE),
                        entry("picked", State.SQUASHED_INTO_BASE),
                        entry("merged", State.MERGED),
                        entry("partly", State.PARTLY_MERGED),
                        entry("stacked", State.OPEN),
                        entry("open", State.OPEN));
        assertThat(report.get(0).name()).isEqualTo("partly");
        assertThat(report.get(0).head()).isEqualTo(grown);
        assertThat(report.get(0).author()).isEqualTo("Ada");
        assertThat(report.get(0).ahead()).isEqualTo(2);
        assertThat(report)
                .extracting(BranchStatus::head)
                .contains(picked, stacked, open)
                .doesNotContain(main);
    }

    @Test
    void reportsWithoutTheBoundBranchAndWithBranchesThatAreGone() {
        CommitId root = server().commit("main", "a.txt", "1\n");
        CommitId gone = grow("gone", root, "g.txt", "1\n");
        grow("open", root, "o.txt", "1\n");
        assertThat(host("staging").report("main")).hasSize(2);

        merge("staging", root, gone, "gone", Map.of("g.txt", "1\n"));
        server().delete("gone");

        assertThat(host("staging").report("main"))
                .extracting(BranchStatus::name)
                .containsExactly("open");
    }

    @Test
    void rehearsesAMergeCommitPerBranchAndPushesOnlyOnReset() {
        BareRepository server = server();
        CommitId root = server.commit("main", "a.txt", "1\n");
        CommitId x = grow("feature/x", root, "x.txt", "1\n");
        CommitId y = grow("feature/y", root, "y.txt", "1\n");
        CommitId before = grow("staging", root, "junk.txt", "1\n");
        GitHost host = host("staging");
        Rebuild rebuild = rebuild(root, Map.entry("feature/x", x), Map.entry("feature/y", y));

        CommitId made = host.rehearse(rebuild);

        assertThat(host.head("staging")).contains(before);
        assertThat(host("staging").rehearse(rebuild)).isEqualTo(made);
        host.reset(made, before);
        assertThat(server.head("staging")).contains(made);
        assertThat(server.message(made)).isEqualTo("Merge branch 'feature/y' into staging\n");
        CommitId first = server.parents(made).get(0);
        assertThat(server.parents(made)).containsExactly(first, y);
        assertThat(server.message(first)).isEqualTo("Merge branch 'feature/x' into staging\n");
        assertThat(server.parents(first)).containsExactly(root, x);
        assertThat(server.file(made, "x.txt")).contains("1\n");
        assertThat(server.file(made, "junk.txt")).isEmpty();
    }

    @Test
    void aBranchThatIsContainedAlreadyMakesNoCommit() {
        CommitId old = server().commit("main", "a.txt", "1\n");
        CommitId main = server().commit("main", "a.txt", "2\n");

        assertThat(host("staging").rehearse(rebuild(main, Map.entry("old", old))))
                .isEqualTo(main);
    }

    @Test
    void aConflictNamesBranchAndFilesAndChangesNothing() {
        CommitId root = server().commit("main", "a.txt", "1\n");
        CommitId x = grow("feature/x", root, "a.txt", "x\n");
        CommitId main = server().commit("main", "a.txt", "main\n");
        server().branch("staging", root);
        GitHost host = host("staging");

        assertThatThrownBy(() -> host.rehearse(rebuild(main, Map.entry("feature/x", x))))
                .hasMessageContainingAll("'feature/x'", "a.txt", "leave")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.CONFLICT, ProviderException::kind);
        assertThat(server().head("staging")).contains(root);
    }

    @Test
    void aConflictBetweenTwoFeaturesNamesBoth() {
        CommitId root = server().commit("main", "a.txt", "1\n");
        CommitId x = grow("feature/x", root, "a.txt", "x\n");
        CommitId y = grow("feature/y", root, "a.txt", "y\n");

        assertThatThrownBy(() ->
                        host("staging").rehearse(rebuild(root, Map.entry("feature/x", x), Map.entry("feature/y", y))))
                .hasMessageContainingAll("'feature/x'", "'feature/y'", "a.txt");
    }

    @Test
    void resetMovesTheBranchThereAndBackAndIsHarmlessTwice() {
        CommitId main = server().commit("main", "a.txt", "1\n");
        CommitId before = grow("staging", main, "a.txt", "2\n");
        GitHost host = host("staging");

        host.reset(main, before);
        host.reset(main, before);
        assertThat(server().head("staging")).contains(main);
        host.reset(before, main);

        assertThat(server().head("staging")).contains(before);
    }

    @Test
    void resetMakesABranchThatMustNotExist() {
        CommitId main = server().commit("main", "a.txt", "1\n");

        host("staging").reset(main, null);

        assertThat(server().head("staging")).contains(main);
    }

    @Test
    void resetLeavesABranchAloneThatSomebodyElseMoved() {
        CommitId main = server().commit("main", "a.txt", "1\n");
        CommitId believed = grow("staging", main, "a.txt", "2\n");
        CommitId moved = server().commit("staging", "a.txt", "3\n");

        for (CommitId expected : new CommitId[] {believed, null}) {
            assertThatThrownBy(() -> host("staging").reset(main, expected))
                    .hasMessageContainingAll("staging", moved.shortened())
                    .asInstanceOf(type(ProviderException.class))
                    .returns(Kind.CONFLICT, ProviderException::kind);
        }
        assertThat(server().head("staging")).contains(moved);
    }

    @Test
    void deleteRemovesTheBranchAndNoOtherAndIsHarmlessTwice() {
        CommitId main = server().commit("main", "a.txt", "1\n");
        server().branch("staging", main);
        server().branch("staging-2", main);
        GitHost host = host("staging");

        host.delete(main);
        host.delete(main);

        assertThat(server().head("staging")).isEmpty();
        assertThat(server().head("staging-2")).contains(main);
        assertThat(host.head("staging")).isEmpty();
    }

    @Test
    void deleteLeavesABranchAloneThatSomebodyElseMoved() {
        CommitId main = server().commit("main", "a.txt", "1\n");
        CommitId moved = grow("staging", main, "a.txt", "2\n");

        assertThatThrownBy(() -> host("staging").delete(main))
                .hasMessageContainingAll("staging", moved.shortened())
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.CONFLICT, ProviderException::kind);
        assertThat(server().head("staging")).contains(moved);
    }

    @Test
    void resetToACommitThatNobodyHasSaysSo() {
        CommitId main = server().commit("main", "a.txt", "1\n");
        CommitId unknown = new CommitId("0123456789012345678901234567890123456789");

        assertThatThrownBy(() -> host("main").reset(unknown, main))
                .hasMessageContaining(unknown.shortened())
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
        assertThat(server().head("main")).contains(main);
    }

    private CommitId grow(String branch, CommitId from, String file, String... contents) {
        server().branch(branch, from);
        CommitId head = from;
        for (String content : contents) {
            head = server().commit(branch, file, content);
        }
        return head;
    }

    private CommitId merge(String into, CommitId ours, CommitId theirs, String name, Map<String, String> brings) {
        return server().commit(
                        into, List.of(ours, theirs), brings, "Merge branch '%s' into %s\n".formatted(name, into));
    }

    @SafeVarargs
    private static Rebuild rebuild(CommitId base, Map.Entry<String, CommitId>... merges) {
        Map<String, CommitId> inOrder = new LinkedHashMap<>();
        for (Map.Entry<String, CommitId> merge : merges) {
            inOrder.put(merge.getKey(), merge.getValue());
        }
        return new Rebuild(base, inOrder, "Restage <restage@example.org>", AT);
    }
}
