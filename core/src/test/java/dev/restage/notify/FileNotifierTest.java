package dev.restage.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.Message;
import dev.restage.provider.Notifier;
import dev.restage.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNotifierTest {

    private static final Message HELLO = new Message("Staging was reset", "- 12 rows");

    @TempDir
    private Path folder;

    @Test
    void fileGetsOneMessageAfterTheOther() throws IOException {
        Path file = folder.resolve("new/messages.md");
        Notifier notifier = new FileNotifier(file, Clock.fixed(Instant.parse("2026-11-24T03:00:00Z"), ZoneOffset.UTC));

        notifier.send(HELLO);
        notifier.send(new Message("Second\n# title", "*done*"));

        assertThat(Files.readString(file)).isEqualToNormalizingNewlines("""
                        ## Staging was reset

                        2026-11-24 03:00:00 UTC

                        - 12 rows

                        ## Second # title

                        2026-11-24 03:00:00 UTC

                        *done*

                        """);
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "").resolve("messages.md");

        assertThatThrownBy(() -> new FileNotifier(blocked, Clock.systemUTC()).send(HELLO))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(blocked.toString());
    }
}
