package dev.restage.examples;

import dev.restage.Restage;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskKey;
import dev.restage.masking.value.MaskTarget;
import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Holds;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.app.PurgeScope;
import dev.restage.provider.database.Database;
import dev.restage.recipe.Framework;
import dev.restage.report.TerminalView;
import dev.restage.sandbox.Sandbox;
import dev.restage.step.app.PurgeCache;
import dev.restage.step.database.CopyDatabase;
import dev.restage.step.database.MaskedBy;
import dev.restage.step.database.Sql;
import dev.restage.step.database.TakeBackup;
import java.util.UUID;

/**
 * A plan of one's own with a step of one's own: every night staging gets production's data, its code stays, and a demo
 * account is there afterwards for the client.
 */
public final class NightlyRefresh {

    private NightlyRefresh() {}

    /**
     * Adds an account with a password that nobody knows, for whoever reads its mail: "forgot password" sends a link there. Django
     * sends none to an account that has no password or no address.
     *
     * @param database the database of the site
     * @param username the account's name
     * @param email where its mail goes
     */
    public record AddDemoUser(Address database, String username, String email) implements Step {

        @Override
        public Access access() {
            return Access.NONE.writing(database);
        }

        @Override
        public Decision decide(StepContext context) {
            return Decision.of(new Change(database, "have the account " + username));
        }

        @Override
        public void execute(StepContext context, Decision decision) {
            String password = String.valueOf(Mask.password()
                    .apply(
                            UUID.randomUUID().toString(),
                            MaskTarget.TEXT,
                            MaskKey.of(UUID.randomUUID().toString())));
            long added = Sql.write(
                    context.use(database, Database.class),
                    database,
                    connection -> Sql.update(
                            connection,
                            "INSERT INTO users_user (username, first_name, last_name, email, password, is_superuser,"
                                    + " is_staff, is_active, date_joined)"
                                    + " SELECT ?, 'Demo', 'Account', ?, ?, false, true, true, now()"
                                    + " WHERE NOT EXISTS (SELECT 1 FROM users_user WHERE username = ?)",
                            username,
                            email,
                            password,
                            username));
            context.fact("added", Long.toString(added));
        }

        @Override
        public Holds holds(StepContext context, Decision decision) {
            return Holds.when(Sql.read(
                    context.use(database, Database.class),
                    database,
                    connection -> Sql.column(connection, "SELECT username FROM users_user")
                            .contains(username)));
        }
    }

    /**
     * {@return the plan}
     *
     * @param sandbox the sandbox whose staging is refreshed
     */
    public static ResetPlan plan(Sandbox sandbox) {
        Framework framework = Acme.framework(sandbox.site());
        Address from = sandbox.production().require(sandbox.production().database(), "database");
        Address to = sandbox.staging().require(sandbox.staging().database(), "database");
        ResetPlan.Builder plan = ResetPlan.builder("nightly refresh", sandbox.production(), sandbox.staging());
        framework
                .preflight(
                        sandbox.production(),
                        sandbox.staging(),
                        new MaskedBy(framework.policy(), "RESTAGE_MASKING_KEY"))
                .forEach(plan::add);
        plan.add("backup", new TakeBackup(to), plan.names().toArray(String[]::new))
                .add("copy", new CopyDatabase(from, to, framework.policy(), "RESTAGE_MASKING_KEY", "backup"), "backup");
        String last = "copy";
        for (var step :
                framework.afterCopy(sandbox.production(), sandbox.staging()).entrySet()) {
            plan.add(step.getKey(), step.getValue(), last);
            last = step.getKey();
        }
        return plan.add("demo-user", new AddDemoUser(to, "demo", "demo@acme.example"), last)
                .add("purge", new PurgeCache(sandbox.staging().caches().get(0), PurgeScope.everything()), "demo-user")
                .add(
                        "say-so",
                        Step.of(
                                "print how many rows came",
                                context -> System.out.printf(
                                        "%s rows refreshed%n",
                                        context.facts().find("copy", "rows").orElse("no"))),
                        "purge")
                .build();
    }

    /**
     * Runs the plan on a sandbox.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        TerminalView view = TerminalView.create();
        try (Sandbox sandbox = Sandbox.start();
                Restage restage = Acme.restage(sandbox, view)) {
            restage.run(restage.preview(plan(sandbox)));
        }
    }
}
