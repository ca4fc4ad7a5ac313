package dev.restage.report;

import com.samskivert.mustache.Mustache;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.PlanPreview.StepDecision;
import dev.restage.run.Receipt;
import dev.restage.run.RunEvent;
import dev.restage.run.RunListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A run, or what one would do, as one HTML file that needs nothing else: no network, no script. */
public final class HtmlReport {

    private HtmlReport() {}

    /**
     * Writes the report of a run. A reader of the file sees the old or the new one, never a half.
     *
     * @param receipt what was done
     * @param previews what each step had announced; may be empty
     * @param file where to write; its folder is made if it is missing
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void write(Receipt receipt, List<StepDecision> previews, Path file) {
        write(html(receipt, previews), file);
    }

    /**
     * Writes what a run would do, for people who have to agree to it. It has no secret, but names what is lost.
     *
     * @param preview what would be done
     * @param file where to write; its folder is made if it is missing
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void write(PlanPreview preview, Path file) {
        write(html(preview), file);
    }

    private static void write(String html, Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, ".report", ".html");
            try {
                Files.writeString(draft, html);
                replace(draft, file);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the report " + file + " cannot be written", e);
        }
    }

    /**
     * Makes a listener that writes {@code <run id>.html} when a run is over.
     *
     * @param directory where to write
     * @return the listener
     */
    public static RunListener into(Path directory) {
        return event -> {
            if (event instanceof RunEvent.Ended ended
                    && !ended.receipt().entries().isEmpty()) {
                Receipt receipt = ended.receipt();
                // a run id is a file name already, but this is the one place where it matters
                String name = receipt.runId().replaceAll("[^A-Za-z0-9._-]", "_");
                write(receipt, ended.previews(), directory.resolve(name + ".html"));
            }
        };
    }

    static String html(Receipt receipt, List<StepDecision> previews) {
        return filled("report.mustache", ReportPage.of(receipt, previews, resource("report.css")));
    }

    static String html(PlanPreview preview) {
        return filled("preview.mustache", PreviewPage.of(preview, resource("report.css")));
    }

    private static String filled(String template, Object page) {
        return Mustache.compiler()
                .escapeHTML(true)
                .emptyStringIsFalse(true)
                .withLoader(part -> new StringReader(resource(part + ".mustache")))
                .compile(resource(template))
                .execute(page);
    }

    private static void replace(Path draft, Path file) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the library's jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
