package dev.restage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.Restage;
import dev.restage.provider.app.PaaS;
import dev.restage.run.Entry;
import dev.restage.run.Receipt;
import dev.restage.run.RunEvent;
import dev.restage.run.RunListener;
import dev.restage.sandbox.Sandbox;
import dev.restage.sandbox.vendor.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The complete reset, from the first look to the way back. */
class ResetTest {

    @Test
    void resetsStagingTwiceTheSameWayAndPutsItBack() throws SQLException, IOException {
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        try (Sandbox sandbox = Sandbox.start();
                Restage restage = Acme.restage(sandbox, whenCopying(() -> statuses.add(status(sandbox))))) {
            assertThat(Outcome.of(sandbox).checks())
                    .filteredOn(check -> !check.kept())
                    .hasSizeGreaterThan(8);
            Map<String, Object> production = Fingerprint.ofProduction(sandbox);
            Map<String, Integer> formation = formation(sandbox, restage);

            Receipt first = restage.run(restage.preview(Acme.reset(sandbox)));

            assertThat(Outcome.of(sandbox).checks())
                    .allSatisfy(check ->
                            assertThat(check.problem()).as(check.promise()).isEmpty());
            assertThat(statuses).containsExactly(503);
            assertThat(status(sandbox)).isEqualTo(200);
            assertThat(formation(sandbox, restage)).isEqualTo(formation);
            assertThat(Fingerprint.ofProduction(sandbox)).isEqualTo(production);
            assertThat(sandbox.heroku().requests())
                    .filteredOn(request -> request.toString().contains("acme-production"))
                    .noneMatch(ResetTest::writes);
            assertThat(first.succeeded()).isTrue();
            assertThat(first.intact()).isTrue();
            assertThat(Receipt.fromJson(first.toJson())).isEqualTo(first);
            assertThat(first.warnings()).isEmpty();
            assertThat(sandbox.webhook().messages())
                    .anySatisfy(message -> assertThat(message.json())
                            .contains(
                                    first.facts().find("copy-database", "rows").orElseThrow()));

            Map<String, String> database =
                    Fingerprint.of(sandbox.site().staging().database());
            String branch = Branches.head(sandbox, sandbox.site().branches().staging());
            List<String> masked = emails(sandbox);
            Receipt second = restage.run(restage.preview(Acme.reset(sandbox)));
            assertThat(emails(sandbox)).isEqualTo(masked);
            assertThat(Outcome.of(sandbox).kept()).isTrue();
            assertThat(Branches.head(sandbox, sandbox.site().branches().staging()))
                    .isNotEqualTo(branch);

            restage.undo(second.runId());
            assertThat(Fingerprint.of(sandbox.site().staging().database())).isEqualTo(database);
            assertThat(Branches.head(sandbox, sandbox.site().branches().staging()))
                    .isEqualTo(branch);
            assertThat(formation(sandbox, restage)).isEqualTo(formation);
            assertThat(status(sandbox)).isEqualTo(200);
            assertThat(Fingerprint.ofProduction(sandbox)).isEqualTo(production);
        }
    }

    private static RunListener whenCopying(Runnable look) {
        return event -> {
            if (event instanceof RunEvent.Recorded recorded
                    && recorded.entry().kind() == Entry.Kind.STEP_DONE
                    && recorded.entry().step().equals("copy-database")
                    && recorded.entry().number() > 0) {
                look.run();
            }
        };
    }

    private static boolean writes(RecordedRequest request) {
        return List.of("PUT", "PATCH", "DELETE").contains(request.method());
    }

    private static int status(Sandbox sandbox) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(sandbox.heroku().webUrl("acme-staging") + "/")
                            .toURL()
                            .openConnection();
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Integer> formation(Sandbox sandbox, Restage restage) {
        return restage.open(
                        sandbox.staging()
                                .require(sandbox.staging().app(), "app")
                                .toString(),
                        PaaS.class)
                .state()
                .running();
    }

    private static List<String> emails(Sandbox sandbox) throws SQLException {
        List<String> emails = new ArrayList<>();
        try (Connection staging = sandbox.site().staging().database().connect();
                Statement statement = staging.createStatement();
                ResultSet rows = statement.executeQuery("SELECT email FROM users_user ORDER BY id")) {
            while (rows.next()) {
                emails.add(rows.getString(1));
            }
        }
        return emails;
    }
}
