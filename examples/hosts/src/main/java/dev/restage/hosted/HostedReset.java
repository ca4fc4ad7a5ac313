package dev.restage.hosted;


import dev.restage.Restage;
import dev.restage.media.MediaSyncOptions;
import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Environment;
import dev.restage.plan.Decision;
import dev.restage.run.Receipt;
import dev.restage.plan.ResetPlan;
import dev.restage.run.RunException;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.Message;
import dev.restage.provider.Notifier;
import dev.restage.report.HtmlReport;
import dev.restage.step.media.SyncMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What an application does with Restage: a plan to YAML and back, a preview, a run that fails, a resume, a report. */
public final class HostedReset {

    private final Path folder;

    /**
     * Prepares a reset of one folder from another.
     *
     * @param folder where everything is kept
     */
    public HostedReset(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs all of it.
     *
     * @return the receipt of the run
     * @throws IOException if the folder cannot be written
     */
    public Receipt run() throws IOException {
        Files.createDirectories(folder.resolve("production"));
        Files.createDirectories(folder.resolve("staging"));
        Files.writeString(folder.resolve("production/a.txt"), "one");
        Files.writeString(folder.resolve("staging/b.txt"), "two");
        Path blocked = Files.writeString(folder.resolve("team"), "a file where the folder of the messages will be");
        ResetPlan plan = ResetPlan.fromYaml(plan().toYaml());
        require(plan.equals(plan()), "the plan is another one after a way through YAML");
        require(ResetPlan.fromJson(plan.toJson()).equals(plan), "the plan is another one after a way through JSON");
        try (Restage restage = Restage.builder()
                .variables(Map.of("RESTAGE_HOME", folder.resolve("home").toString()))
                .listener(HtmlReport.into(folder.resolve("reports")))
                .build()) {
            try {
                restage.run(restage.preview(plan));
                throw new IllegalStateException("the message went into a file that is no folder");
            } catch (RunException failed) {
                Files.delete(blocked);
                Receipt receipt = restage.resume(failed.receipt().runId());
                require(Files.readString(folder.resolve("staging/a.txt")).equals("one"), "the media were not copied");
                require(Files.readString(folder.resolve("team/messages.md")).contains("Staging is new"), "nobody was told");
                require(Files.exists(folder.resolve("reports/" + receipt.runId() + ".html")), "there is no report");
                return receipt;
            }
        }
    }

    private ResetPlan plan() {
        Environment production = Environment.production("production").media(address("file:", "production")).build();
        Environment staging = Environment.staging("staging").media(address("file:", "staging")).build();
        return ResetPlan.builder("hosted", production, staging)
                .add("media", new SyncMedia(Address.of(address("file:", "production")), Address.of(address("file:", "staging")), MediaSyncOptions.standard()))
                .add("tell", new Tell(Address.of(address("message-file:", "team/messages.md")), "Staging is new"), "media")
                .build();
    }

    private String address(String scheme, String path) {
        return scheme + folder.resolve(path);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    /**
     * A step as an application writes one.
     *
     * @param channel where the message goes
     * @param text the message
     */
    public record Tell(Address channel, String text) implements Step {

        @Override
        public Access access() {
            return Access.NONE.telling(channel);
        }

        @Override
        public Decision decide(StepContext context) {
            return Decision.of(new Change(channel, "get the message " + text));
        }

        @Override
        public void execute(StepContext context, Decision decision) {
            context.use(channel, Notifier.class).send(new Message(text, "by an application"));
        }
    }
}
