package dev.restage.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.http.Json;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest {

    private static final String ENDED = "2026-11-30 12:05:00 +0000";

    @Test
    void aBackupThatRunsCannotBeUsedYet() {
        assertThat(transfer())
                .returns(true, Transfer::isBackup)
                .returns(false, Transfer::fills)
                .returns(false, Transfer::isFinished)
                .returns(false, Transfer::succeeded)
                .returns(false, Transfer::isUsable)
                .returns(7L, Transfer::number)
                .returns("u-7", Transfer::uuid);
        assertThat(transfer().obstacle()).contains("has not ended yet");
        assertThat(transfer().finishedAt()).isEqualTo(transfer().createdAt());
    }

    @Test
    void aBackupThatWentWellIsASnapshot() {
        Transfer done = done("processed_bytes", 4096);

        assertThat(done.isUsable()).isTrue();
        assertThat(done.obstacle()).isEmpty();
        assertThat(done.snapshot("acme"))
                .isEqualTo(new Snapshot(new SnapshotId("acme::b007"), Instant.parse("2026-11-30T12:05:00Z"), 4096));
    }

    @Test
    void oneThatAScheduleTookHasAnotherLetter() {
        assertThat(done("schedule", Map.of("uuid", "s")).id("acme")).isEqualTo(new SnapshotId("acme::a007"));
        assertThat(done("num", 12345).id("acme")).isEqualTo(new SnapshotId("acme::b12345"));
    }

    @ParameterizedTest
    @CsvSource({"deleted_at, was deleted", "purged_at, was deleted"})
    void oneThatIsGoneCannotBeUsed(String member, String why) {
        assertThat(done(member, ENDED).isUsable()).isFalse();
        assertThat(done(member, ENDED).obstacle()).contains(why);
    }

    @Test
    void oneThatFailedOrWasCanceledHasEndedAndCannotBeUsed() {
        Transfer failed = done("succeeded", false);
        Transfer canceled = transfer("canceled_at", ENDED);

        assertThat(failed).returns(true, Transfer::isFinished).returns(false, Transfer::succeeded);
        assertThat(failed.obstacle()).contains("failed");
        assertThat(canceled).returns(true, Transfer::isFinished).returns(false, Transfer::succeeded);
        assertThat(canceled.obstacle()).contains("was canceled");
        assertThat(canceled.finishedAt()).isEqualTo("2026-11-30T12:05:00Z");
    }

    @ParameterizedTest
    @CsvSource({"gof3r, pg_restore, true", "pg_dump, pg_restore, true", "pg_dump, htcat, false"})
    void aRestoreOrACopyFillsADatabaseAndIsNoBackup(String from, String to, boolean fills) {
        Transfer transfer = done("from_type", from, "to_type", to);

        assertThat(transfer.isBackup()).isFalse();
        assertThat(transfer.fills()).isEqualTo(fills);
        assertThat(transfer.obstacle()).contains("is no backup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uuid", "num", "from_type", "to_type", "created_at"})
    void whatTellsOneTransferFromAnotherMustBeThere(String member) {
        assertNotUnderstood(member, transferWithout(Map.of(), member));
    }

    @ParameterizedTest
    @ValueSource(strings = {"succeeded", "warnings"})
    void oneThatHasEndedMustSayHow(String member) {
        assertNotUnderstood(
                member, transferWithout(Map.of("finished_at", ENDED, "succeeded", true, "warnings", 0), member));
    }

    @ParameterizedTest
    @CsvSource({"created_at, yesterday", "num, seven", "created_at, 2026-11-30 12:05:00"})
    void whatIsNotUnderstoodIsNoAnswer(String member, String value) {
        assertNotUnderstood(member, transferWithout(Map.of(member, value), ""));
    }

    @Test
    void timesAreReadInBothOfHerokusForms() {
        assertThat(transfer("created_at", "2026-11-30T13:05:00+01:00").createdAt())
                .isEqualTo("2026-11-30T12:05:00Z");
        assertThat(transfer("created_at", "2026-11-30 13:05:00 +0100").createdAt())
                .isEqualTo("2026-11-30T12:05:00Z");
    }

    private static void assertNotUnderstood(String member, Map<String, Object> members) {
        assertThatThrownBy(() -> new Transfer(Json.parse(Json.write(members))))
                .hasMessageContaining("\"" + member + "\"")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind);
    }

    private static Transfer done(Object... changes) {
        Map<String, Object> all = new HashMap<>(Map.of("finished_at", ENDED, "succeeded", true, "warnings", 0));
        all.putAll(changes(changes));
        return new Transfer(Json.parse(Json.write(transferWithout(all, ""))));
    }

    private static Transfer transfer(Object... changes) {
        return new Transfer(Json.parse(Json.write(transferWithout(changes(changes), ""))));
    }

    private static Map<String, Object> changes(Object... pairs) {
        Map<String, Object> changes = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            changes.put((String) pairs[i], pairs[i + 1]);
        }
        return changes;
    }

    private static Map<String, Object> transferWithout(Map<String, Object> changes, String missing) {
        Map<String, Object> members = new HashMap<>(Map.of(
                "uuid",
                "u-7",
                "num",
                7,
                "from_type",
                "pg_dump",
                "to_type",
                "gof3r",
                "created_at",
                "2026-11-30 12:00:00 +0000"));
        members.putAll(changes);
        members.remove(missing);
        return members;
    }
}
