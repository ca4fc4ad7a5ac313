package dev.restage.notify;

import dev.restage.provider.Identity;
import dev.restage.provider.Message;
import dev.restage.provider.Notifier;
import dev.restage.provider.ProviderException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Appends messages to a Markdown file. */
final class FileNotifier implements Notifier {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path file;
    private final Clock clock;

    FileNotifier(Path file, Clock clock) {
        this.file = file.toAbsolutePath().normalize();
        this.clock = clock;
    }

    @Override
    public Identity identity() {
        return Identity.file(file);
    }

    @Override
    public void send(Message message) {
        String entry = "## %s%n%n%s%n%n%s%n%n"
                .formatted(
                        message.title().strip().replaceAll("\\s+", " "),
                        TIME.format(clock.instant()),
                        message.text().strip());
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            append(ByteBuffer.wrap(entry.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "the message \"%s\" cannot be written to %s: check that the folder may be written"
                            .formatted(message.title(), file),
                    e);
        }
    }

    /** In one call, so that messages of two processes do not mix. */
    private void append(ByteBuffer entry) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (entry.hasRemaining()) {
                channel.write(entry);
            }
        }
    }

    @Override
    public String toString() {
        return NotifyModule.MESSAGE_FILE + ":" + file;
    }
}
