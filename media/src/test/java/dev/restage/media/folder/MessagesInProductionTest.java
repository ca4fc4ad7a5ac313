package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Restage;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.Message;
import dev.restage.provider.Notifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages go anywhere, but not into the folder that holds production's files. */
@Timeout(60)
class MessagesInProductionTest {

    @TempDir
    private Path home;

    @AutoClose
    private Restage restage = Restage.builder().build();

    @BeforeEach
    void make() throws IOException {
        restage.close();
        restage = Restage.builder()
                .variables(Map.of("RESTAGE_HOME", home.resolve("restage").toString()))
                .build();
        Files.createDirectories(home.resolve("production"));
        Files.createDirectories(home.resolve("staging"));
    }

    @Test
    void aMessageFileInProductionsFolderIsRefusedByWhateverPath() throws IOException {
        Files.createSymbolicLink(home.resolve("elsewhere"), home.resolve("production"));
        Files.createSymbolicLink(home.resolve("log.md"), home.resolve("production/log.md"));

        for (String file : new String[] {"production/log.md", "production/new/log.md", "elsewhere/log.md", "log.md"}) {
            assertThatThrownBy(() -> restage.run(restage.preview(telling(file))))
                    .as(file)
                    .isInstanceOf(GuardException.class)
                    .hasMessageContaining("the step tell would send messages to message-file:")
                    .hasMessageContaining(
                            "which is the same thing as file:%s of production".formatted(home.resolve("production")))
                    .hasMessageContaining("nothing was changed");
        }
        try (Stream<Path> files = Files.list(home.resolve("production"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aMessageFileBesideItIsWritten() {
        restage.run(restage.preview(telling("production-log.md")));

        assertThat(home.resolve("production-log.md")).content().contains("All is well");
    }

    private ResetPlan telling(String file) {
        Address channel = Address.of("message-file:" + home.resolve(file));
        return ResetPlan.builder(
                        "tell",
                        Environment.production("production")
                                .media("file:" + home.resolve("production"))
                                .build(),
                        Environment.staging("staging")
                                .media("file:" + home.resolve("staging"))
                                .build())
                .add(
                        "tell",
                        Step.of(
                                        "tell",
                                        context -> context.use(channel, Notifier.class)
                                                .send(new Message("Done", "All is well")))
                                .telling(channel))
                .build();
    }
}
