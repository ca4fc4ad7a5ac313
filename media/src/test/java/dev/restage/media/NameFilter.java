package dev.restage.media;

import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaFilter;
import dev.restage.provider.media.MediaObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Takes the name Ines out of texts and data; refuses what is broken, and replaces what asks for it. */
final class NameFilter implements MediaFilter {

    final List<String> seen = new CopyOnWriteArrayList<>();
    final Map<String, Long> read = new ConcurrentHashMap<>();
    String treatment = "1";
    long firstBytes = 1000;

    @Override
    public String treatment(String key, long sizeBytes) {
        return sizeBytes > 0 && (key.endsWith(".txt") || key.endsWith(".dat")) ? treatment : "";
    }

    @Override
    public long firstBytes(String key, long sizeBytes) {
        return key.endsWith(".txt") ? sizeBytes : firstBytes;
    }

    @Override
    public Filtered apply(MediaObject object, MediaContent content) {
        seen.add(object.key());
        String text = beginning(content);
        read.put(object.key(), (long) text.length());
        if (text.startsWith("odd")) {
            return Filtered.unknown("is odd");
        }
        text += rest(content);
        read.put(object.key(), (long) text.length());
        return switch (text) {
            case "broken" -> Filtered.refused("is broken");
            case "replace" -> altered(Outcome.UNCLEAN_REPLACED, "is broken", before -> "left behind", text);
            default ->
                text.contains("Ines")
                        ? altered(Outcome.CLEANED, "", before -> before.replace("Ines", "someone"), text)
                        : Filtered.CLEAN;
        };
    }

    private static Filtered altered(Outcome outcome, String why, UnaryOperator<String> change, String text) {
        byte[] bytes = change.apply(text).getBytes(StandardCharsets.UTF_8);
        return new Filtered(outcome, why, new Filtered.Content() {
            @Override
            public long sizeBytes() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public void close() {}
        });
    }

    private static String beginning(MediaContent content) {
        try {
            return new String(content.stream().readNBytes(4), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rest(MediaContent content) {
        try {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
