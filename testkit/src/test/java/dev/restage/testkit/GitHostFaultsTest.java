package dev.restage.testkit;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.code.BranchStatus;
import dev.restage.provider.code.BranchStatus.State;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.GitHost;
import dev.restage.provider.code.Rebuild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of git hosts is able to fail: each fault turns the test red that names the promise, and no other. */
class GitHostFaultsTest {

    /** A fault, and the test that finds it. */
    private record Fault(String test, BiFunction<BareRepository, String, GitHost> host) {}

    private static final Map<String, Fault> FAULTS = new LinkedHashMap<>(Map.ofEntries(
            entry(
                    "finds branches by their end",
                    new Fault("knowsTheHeadOfEachBranchAndThatOneIsMissing", ByTheEnd::new)),
            entry("reports nothing of no base", new Fault("anEmptyRepositoryHasNoBranches", NothingToReport::new)),
            entry("is the whole repository", new Fault("twoBranchesAreTwoThingsAndOneBranchIsOne", Whole::new)),
            entry("sees no squashed work", new Fault("reportsWhereTheWorkOfEachBranchIs", NoSquash::new)),
            entry(
                    "reports what it saw before",
                    new Fault("reportsWithoutTheBoundBranchAndWithBranchesThatAreGone", Old::new)),
            entry(
                    "moves forward without a commit",
                    new Fault("rehearsesAMergeCommitPerBranchAndPushesOnlyOnReset", Forward::new)),
            entry(
                    "pushes what it rehearses",
                    new Fault("rehearsesAMergeCommitPerBranchAndPushesOnlyOnReset", Pushes::new)),
            entry("merges what is merged", new Fault("aBranchThatIsContainedAlreadyMakesNoCommit", MergesAll::new)),
            entry(
                    "calls a conflict a failure",
                    new Fault("aConflictNamesBranchAndFilesAndChangesNothing", Failure::new)),
            entry("names one side of a conflict", new Fault("aConflictBetweenTwoFeaturesNamesBoth", OneSide::new)),
            entry("resets once only", new Fault("resetMovesTheBranchThereAndBackAndIsHarmlessTwice", OnceOnly::new)),
            entry("makes no branch", new Fault("resetMakesABranchThatMustNotExist", MakesNone::new)),
            entry("forces its way", new Fault("resetLeavesABranchAloneThatSomebodyElseMoved", Forced::new)),
            entry(
                    "removes once only",
                    new Fault("deleteRemovesTheBranchAndNoOtherAndIsHarmlessTwice", RemovesOnceOnly::new)),
            entry("removes what moved", new Fault("deleteLeavesABranchAloneThatSomebodyElseMoved", Removes::new)),
            entry("tells no reason", new Fault("resetToACommitThatNobodyHasSaysSo", NoReason::new))));

    private static Stream<String> faults() {
        return FAULTS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isFoundByTheTestThatNamesThePromise(String fault) {
        SeededFaults.Outcome outcome = SeededFaults.run(Faulty.class, fault);

        assertThat(outcome.failed())
                .containsExactly(Objects.requireNonNull(FAULTS.get(fault)).test());
    }

    @Test
    void eachTestOfTheContractHasAFault() {
        SeededFaults.assertEachTestIsProved(
                GitHostContract.class,
                FAULTS.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, fault -> fault.getValue().test())));
    }

    /** The contract with a fault; run by the launcher only. */
    @ExtendWith(SeededFaults.class)
    static final class Faulty extends GitHostContract {

        private final Fault fault;

        @TempDir
        private Path folder;

        private BareRepository server = BareRepository.at(Path.of("none"));

        Faulty(String fault) {
            this.fault = Objects.requireNonNull(FAULTS.get(fault));
        }

        @BeforeEach
        void create() {
            server = BareRepository.create(folder.resolve("site.git"));
        }

        @Override
        protected BareRepository server() {
            return server;
        }

        @Override
        protected GitHost host(String branch) {
            return fault.host().apply(server, branch);
        }
    }

    private static final class ByTheEnd extends LocalGitHost {

        ByTheEnd(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        public Optional<CommitId> head(String name) {
            return super.head(name).or(() -> super.head("feature/" + name));
        }
    }

    private static final class NothingToReport extends LocalGitHost {

        NothingToReport(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        public List<BranchStatus> report(String base) {
            return head(base).isEmpty() ? List.of() : super.report(base);
        }
    }

    private static final class Whole extends LocalGitHost {

        Whole(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        public Identity identity() {
            return Identity.of("repository", server.directory().toString());
        }
    }

    private static final class NoSquash extends LocalGitHost {

        NoSquash(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        State state(Repository repository, String name, ObjectId head, ObjectId base) throws IOException {
            State state = super.state(repository, name, head, base);
            return state == State.SQUASHED_INTO_BASE ? State.OPEN : state;
        }
    }

    private static final class Old extends LocalGitHost {

        private static final Map<Path, List<BranchStatus>> SEEN = new ConcurrentHashMap<>();

        Old(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        public List<BranchStatus> report(String base) {
            List<BranchStatus> now = super.report(base);
            return SEEN.computeIfAbsent(server.directory(), folder -> now);
        }
    }

    private static final class Forward extends LocalGitHost {

        Forward(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        ObjectId merged(
                Repository repository,
                ObjectId ours,
                Map.Entry<String, CommitId> merge,
                Rebuild rebuild,
                List<String> before)
                throws IOException {
            ObjectId theirs = id(merge.getValue());
            return isContained(repository, theirs, ours)
                    ? theirs
                    : super.merged(repository, ours, merge, rebuild, before);
        }
    }

    private static final class Pushes extends LocalGitHost {

        Pushes(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        public CommitId rehearse(Rebuild rebuild) {
            CommitId made = super.rehearse(rebuild);
            server.branch(branch, made);
            return made;
        }
    }

    private static final class MergesAll extends LocalGitHost {

        MergesAll(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        boolean isContained(Repository repository, ObjectId in, ObjectId commit) {
            return false;
        }
    }

    private static final class Failure extends LocalGitHost {

        Failure(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        ProviderException conflict(String name, List<String> files, List<String> before) {
            ProviderException conflict = super.conflict(name, files, before);
            return new ProviderException(Kind.FAILED, String.valueOf(conflict.getMessage()), conflict);
        }
    }

    private static final class OneSide extends LocalGitHost {

        OneSide(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        ProviderException conflict(String name, List<String> files, List<String> before) {
            return super.conflict(name, files, List.of());
        }
    }

    private static final class OnceOnly extends LocalGitHost {

        OnceOnly(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        boolean isDone(Optional<CommitId> now, CommitId to) {
            return false;
        }
    }

    private static final class MakesNone extends LocalGitHost {

        MakesNone(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        public void reset(CommitId to, @Nullable CommitId expected) {
            if (head(branch).isPresent()) {
                super.reset(to, expected);
            }
        }
    }

    private static final class Forced extends LocalGitHost {

        Forced(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        public void reset(CommitId to, @Nullable CommitId expected) {
            move(to);
        }
    }

    private static final class RemovesOnceOnly extends LocalGitHost {

        RemovesOnceOnly(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        public void delete(CommitId expected) {
            if (head(branch).isEmpty()) {
                throw unknown(expected);
            }
            super.delete(expected);
        }
    }

    private static final class Removes extends LocalGitHost {

        Removes(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        public void delete(CommitId expected) {
            remove();
        }
    }

    private static final class NoReason extends LocalGitHost {

        NoReason(BareRepository server, String branch) {
            super(server, branch);
        }

        @Override
        ProviderException unknown(CommitId to) {
            return new ProviderException(Kind.UNAVAILABLE, "the server answered 500 for " + to.shortened(), null);
        }
    }
}
