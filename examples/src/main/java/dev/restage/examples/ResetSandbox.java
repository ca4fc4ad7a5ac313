package dev.restage.examples;

import dev.restage.Restage;
import dev.restage.plan.PlanPreview;
import dev.restage.report.HtmlReport;
import dev.restage.report.RunSummary;
import dev.restage.report.TerminalView;
import dev.restage.run.Receipt;
import dev.restage.sandbox.Sandbox;
import java.io.PrintStream;
import java.nio.file.Path;

/** The main job: a complete reset of the sandbox's staging environment, previewed, run and checked. */
public final class ResetSandbox {

    private static final Path REPORTS = Path.of("target", "restage");

    private ResetSandbox() {}

    /**
     * Runs the main job; ends with an exception, and so with a status other than 0, if anything is not as promised.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        out.println(
                "Starting a sandbox: PostgreSQL, Redis, S3, git, and stand-ins for Heroku, GitHub, Cloudflare and chat");
        try (Sandbox sandbox = Sandbox.start();
                Restage restage = Acme.restage(sandbox, TerminalView.on(out), HtmlReport.into(REPORTS))) {
            PlanPreview preview = restage.preview(Acme.reset(sandbox));
            out.printf("%nThis is what the reset would do:%n%n%s%n", preview);
            Receipt receipt = restage.run(preview);
            out.printf("%n%s%n", RunSummary.of(receipt));
            Outcome outcome = Outcome.of(sandbox);
            out.printf("Checked in the databases, buckets, branches and caches themselves:%n%s%n", outcome);
            out.printf(
                    "Report: %s%n", REPORTS.resolve(receipt.runId() + ".html").toAbsolutePath());
            if (!outcome.kept()) {
                throw new IllegalStateException("the reset did not do what it promises; see the checks above");
            }
        }
    }
}
