package dev.restage.step.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.Restage;
import dev.restage.masking.value.MaskKey;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.TextMask;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.plan.Environment;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same steps with real folders. */
class MediaStepsTest {

    @TempDir
    private Path folder;

    private Path from = Path.of("");
    private Path to = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        from = Files.createDirectory(folder.resolve("from"));
        to = Files.createDirectory(folder.resolve("to"));
    }

    @Test
    void givesFilesTheNamesThatTheirRowsGet() throws IOException {
        write(from, "documents/cv-ines-okafor.pdf", "cv");
        write(from, "style.css", "css");
        write(to, "documents/cv-ines-okafor.pdf", "cv");
        String row = String.valueOf(new TextMask.FileName()
                .apply(
                        "documents/cv-ines-okafor.pdf",
                        MaskTarget.of("character varying(100)", Set.of()),
                        MaskKey.of("k")));

        String preview = run(new SyncMedia(
                address(from),
                address(to),
                MediaSyncOptions.builder().surplus(Surplus.DELETE).build(),
                new MaskedNames(List.of("documents/"), "KEY")));

        assertThat(files(to)).containsExactly(row, "style.css");
        assertThat(row).matches("documents/[a-z2-7]{12}\\.pdf");
        assertThat(preview).contains("lose 0 that", "and 1 under unmasked names");
    }

    @Test
    void emptiesFoldersOfWhatWasThereBeforeTheRun() throws IOException {
        write(to, "images/old.png", "old");
        write(to, "images/deep/old.png", "old");
        write(to, "images_old/stays.png", "stays");
        Path made = write(to, "images/made-meanwhile.png", "new");
        Files.setLastModifiedTime(made, FileTime.from(Instant.now().plus(1, ChronoUnit.HOURS)));

        String preview = run(new EmptyMedia(address(to), List.of("images/")));

        assertThat(files(to)).containsExactly("images/made-meanwhile.png", "images_old/stays.png");
        assertThat(preview).contains("lose 2 objects");
    }

    private String run(Step step) {
        ResetPlan plan = ResetPlan.builder(
                        "media",
                        Environment.production("production")
                                .media(address(from).toString())
                                .build(),
                        Environment.local("laptop")
                                .media(address(to).toString())
                                .build())
                .add("step", step)
                .build();
        try (Restage restage = Restage.builder()
                .variables(Map.of("RESTAGE_HOME", folder.resolve("home").toString(), "KEY", "k"))
                .build()) {
            PlanPreview preview = restage.preview(ResetPlan.fromYaml(plan.toYaml()));
            restage.run(preview);
            return preview.toString();
        }
    }

    private static Address address(Path path) {
        return Address.of("file:" + path);
    }

    private static Path write(Path root, String key, String content) throws IOException {
        Path file = root.resolve(key);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static Set<String> files(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return new TreeSet<>(walk.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(file -> !file.startsWith(".restage"))
                    .toList());
        }
    }
}
