package dev.restage.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushOutcomeTest {

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"NOT_ATTEMPTED", "AWAITING_REPORT"})
    void whatTheServerDidNotReportMayHaveHappened(Status status) {
        assertThat(refusal(status, "null", ""))
                .returns(Kind.UNAVAILABLE, ProviderException::kind)
                .returns(Effect.UNKNOWN, ProviderException::effect);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"REJECTED_OTHER_REASON", "REJECTED_NONFASTFORWARD", "REJECTED_NODELETE", "NON_EXISTING"})
    void aRefusalHasChangedNothing(Status status) {
        assertThat(refusal(status, "declined", ""))
                .hasMessage("the server refuses it (%s): declined; settle this on the server and run again", status)
                .returns(Kind.CONFLICT, ProviderException::kind)
                .returns(Effect.NONE, ProviderException::effect);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protected branch hook declined",
                "error: GH006: Protected branch update failed for refs/heads/staging.",
                "error: GH013: Repository rule violations found for refs/heads/staging."
            })
    void aProtectedBranchIsToBeOpened(String words) {
        assertThat(refusal(Status.REJECTED_OTHER_REASON, "declined", words))
                .hasMessageContaining(words)
                .hasMessageEndingWith("allow force pushes to it, or let the login bypass its protection, and run again")
                .returns(Kind.CONFLICT, ProviderException::kind);
    }

    @Test
    void aTokenThatMayNotWriteWorkflowsIsDenied() {
        String words = "refusing to allow an OAuth App to create or update workflow without `workflow` scope";

        assertThat(refusal(Status.REJECTED_OTHER_REASON, words, ""))
                .hasMessageEndingWith("let the token also write workflows (scope \"workflow\")")
                .returns(Kind.DENIED, ProviderException::kind);
    }

    @ParameterizedTest
    @CsvSource({"null, ''", "'', ' '", "null, null"})
    void aServerMayGiveNoReason(String reason, String messages) {
        assertThat(refusal(Status.REJECTED_OTHER_REASON, reason, messages))
                .hasMessageContaining("(REJECTED_OTHER_REASON): it gives no reason; settle this");
    }

    @Test
    void eachLineIsQuotedOnceAndOfManyTheFirst() {
        String many = "first\n\n  first  \nsecond\n" + "line %d\n".repeat(20).formatted(numbers());

        assertThat(refusal(Status.REJECTED_OTHER_REASON, "first", many))
                .hasMessageContaining(": first; second; line 1; ")
                .hasMessageContaining("; line 10; settle")
                .hasMessageNotContaining("line 11");
    }

    private static Object[] numbers() {
        Object[] numbers = new Object[20];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i + 1;
        }
        return numbers;
    }

    private static ProviderException refusal(Status status, String reason, String messages) {
        return new PushOutcome(status, reason, messages).refusal("the server refuses it");
    }
}
