package dev.restage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.Restage;
import dev.restage.run.Receipt;
import dev.restage.sandbox.Sandbox;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The complete reset with data that is downloaded from Heroku, and its way back. */
class BackupResetTest {

    @Test
    void resetsStagingFromTheNewestBackupOfProduction() throws SQLException {
        try (Sandbox sandbox = Sandbox.start();
                Restage restage = Acme.restage(sandbox)) {
            sandbox.heroku().backUp("acme-production");
            Map<String, String> before = Fingerprint.of(sandbox.site().staging().database());

            Receipt receipt = restage.run(restage.preview(Acme.resetFromBackup(sandbox)));

            assertThat(Outcome.of(sandbox).checks())
                    .allSatisfy(check ->
                            assertThat(check.problem()).as(check.promise()).isEmpty());
            assertThat(sandbox.heroku().requests())
                    .filteredOn(request -> request.path().startsWith("/_backups/"))
                    .isNotEmpty();

            restage.undo(receipt.runId());
            assertThat(Fingerprint.of(sandbox.site().staging().database())).isEqualTo(before);
        }
    }
}
