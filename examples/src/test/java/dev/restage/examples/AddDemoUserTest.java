package dev.restage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.Restage;
import dev.restage.examples.NightlyRefresh.AddDemoUser;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.sandbox.Sandbox;
import dev.restage.sandbox.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The step of one's own that the example of a nightly refresh has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AddDemoUserTest {

    private final Sandbox sandbox = Sandbox.start();
    private final Restage restage =
            Restage.builder().variables(sandbox.variables()).build();

    @AfterAll
    void leave() {
        restage.close();
        sandbox.close();
    }

    @Test
    void addsAnAccountOnceWithAPasswordThatCanBeAskedForAnew() throws SQLException {
        add("demo", "demo@acme.example");
        List<String> first = accounts("demo");
        add("demo", "demo@acme.example");

        assertThat(accounts("demo")).isEqualTo(first);
        assertThat(first).singleElement().asString().matches("demo@acme\\.example false true true pbkdf2_sha256\\$.+");
    }

    @Test
    void givesEachAccountAPasswordOfItsOwn() throws SQLException {
        add("one", "one@acme.example");
        add("two", "two@acme.example");

        assertThat(List.of(password("one"), password("two"))).doesNotHaveDuplicates();
    }

    @Test
    void leavesAnAccountAsItIsThatIsThereAlready() throws SQLException {
        add("kept", "kept@acme.example");
        List<String> before = accounts("kept");

        add("kept", "other@acme.example");

        assertThat(accounts("kept")).isEqualTo(before);
    }

    private String password(String username) throws SQLException {
        String account = String.join("", accounts(username));
        return account.substring(account.lastIndexOf(' ') + 1);
    }

    private void add(String username, String email) {
        Address staging = sandbox.staging().require(sandbox.staging().database(), "database");
        ResetPlan plan = ResetPlan.builder("demo", sandbox.production(), sandbox.staging())
                .add("demo-user", new AddDemoUser(staging, username, email))
                .build();
        restage.run(restage.preview(plan));
    }

    private List<String> accounts(String username) throws SQLException {
        PostgresDatabase staging = sandbox.site().staging().database();
        List<String> accounts = new ArrayList<>();
        try (Connection connection = staging.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT concat_ws(' ', email, is_superuser::text, is_staff::text, is_active::text, password)"
                                + " FROM users_user WHERE username = '%s'".formatted(username))) {
            while (row.next()) {
                accounts.add(row.getString(1));
            }
        }
        return accounts;
    }
}
