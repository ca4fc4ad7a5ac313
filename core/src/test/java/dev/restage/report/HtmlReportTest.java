package dev.restage.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.run.Entry;
import dev.restage.run.Entry.Kind;
import dev.restage.run.Receipt;
import dev.restage.run.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    @TempDir
    private Path folder;

    @Test
    void tellsAClientWhatWasDone() {
        RunFixture run = RunFixture.staging();

        String html = HtmlReport.html(run.ended(642, Kind.RUN_DONE), run.previews());

        assertThat(html)
                .contains("Succeeded with warnings", "acme staging", "reset from acme production", "took 10 min 42 s")
                .contains("<dt>rows copied</dt><dd>1 284 310</dd>", "<dt>branches merged</dt><dd>2</dd>")
                .contains("heroku-postgres:acme-staging will be overwritten by 148 tables")
                .contains("<strong>copy-database</strong> the table legacy_import has no primary key")
                .contains("Yes: no entry was changed")
                .contains("&lt;!here&gt; please run")
                .doesNotContain("class=\"sentence\"", "What to do next");
    }

    @Test
    void comparesFactsOfTwoSteps() {
        RunFixture run = RunFixture.staging();

        assertThat(ReportPage.of(run.ended(642, Kind.RUN_DONE), List.of(), "").compared())
                .contains(new ReportPage.Compared("", "rows", "1 190 442", "1 284 296"))
                .contains(new ReportPage.Compared("stop-workers", "dynos", "worker=1", "worker=0"));
    }

    @Test
    void aFailedRunSaysWhyAndWhatToDoNext() {
        RunFixture run = RunFixture.failed();

        assertThat(HtmlReport.html(run.ended(317, Kind.RUN_FAILED), run.previews()))
                .contains("badge bad\">Failed", "the disk of the target is full", "What to do next")
                .contains("resume(&quot;2026-11-24-0300-k7q2&quot;)", "Not begun, since copy-database failed.")
                .doesNotContain("rows copied</dt>");
    }

    @Test
    void hostileTextStaysText() {
        String hostile = "<script>alert(1)</script>\"'{{seal}}{{{css}}}&amp;";
        RunFixture run = new RunFixture()
                .step("<img src=x>", 0, 5, Kind.STEP_FAILED, hostile, "a\" onclick=\"", hostile)
                .note(3, Kind.WARNING, "<img src=x>", "", hostile)
                .announce("<img src=x>", "file:/<b>", hostile, hostile);

        String html = HtmlReport.html(run.ended(6, Kind.RUN_FAILED), run.previews());

        assertThat(html)
                .doesNotContain("<script", "<img", "<b>", "onclick=\"")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;{{seal}}{{{css}}}&amp;amp;");
    }

    @Test
    void needsNothingButItself() {
        RunFixture run = RunFixture.staging();

        String html = HtmlReport.html(run.ended(642, Kind.RUN_DONE), run.previews());

        assertThat(html)
                .contains("width=device-width", "prefers-color-scheme", "@media print", "default-src 'none'")
                .doesNotContain("<link", "<script", "src=", "url(", "@import");
    }

    @Test
    void aRunWithoutStepsHasAReport() {
        assertThat(HtmlReport.html(new RunFixture().ended(0, Kind.RUN_DONE), List.of()))
                .contains("Succeeded", "nightly-reset")
                .doesNotContain("<article", "Timeline");
        assertThat(HtmlReport.html(new Receipt("r", List.of()), List.of())).contains("Failed");
    }

    @Test
    void aChangedJournalIsShownAsSuch() {
        RunFixture run = RunFixture.failed();
        Receipt whole = run.ended(317, Kind.RUN_FAILED);
        List<Entry> entries = new ArrayList<>(whole.entries());
        entries.remove(5);

        assertThat(HtmlReport.html(new Receipt("r", entries), List.of())).contains("No: the journal was changed");
    }

    @Test
    void theListenerLeavesOneFileNamedAfterTheRun() throws IOException {
        RunFixture run = RunFixture.failed();
        Receipt receipt = run.ended(317, Kind.RUN_FAILED);
        Path reports = folder.resolve("new/reports");

        HtmlReport.into(reports).on(new RunEvent.Ended(receipt, run.previews()));
        HtmlReport.into(reports).on(new RunEvent.Ended(receipt, run.previews()));

        try (Stream<Path> files = Files.list(reports)) {
            assertThat(files).containsExactly(reports.resolve("2026-11-24-0300-k7q2.html"));
        }
    }
}
