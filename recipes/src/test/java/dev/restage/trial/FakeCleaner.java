package dev.restage.trial;

import dev.restage.provider.Identity;
import dev.restage.provider.media.FileCleaner;
import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaFilter;
import dev.restage.provider.media.MediaObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** Removes "by" and the word behind it from texts; does not know films, and cannot clean what is broken. */
public final class FakeCleaner implements FileCleaner {

    /** Which keys it was told to replace last. */
    public volatile Set<String> replaced = Set.of();

    @Override
    public Identity identity() {
        return Identity.of("fake cleaner", "cleaner");
    }

    @Override
    public MediaFilter filter(FileRules rules, Set<String> keys) {
        replaced = new TreeSet<>(keys);
        return new MediaFilter() {
            @Override
            public String treatment(String key, long sizeBytes) {
                return keys.contains(key) ? "replaced" : "without by";
            }

            @Override
            public Filtered apply(MediaObject object, MediaContent content) {
                return cleaned(object.key(), content, keys.contains(object.key()));
            }
        };
    }

    private static Filtered cleaned(String key, MediaContent content, boolean replace) {
        String text = text(content);
        if (replace) {
            return new Filtered(Filtered.Outcome.REPLACED, "is left in production", new Bytes("placeholder"));
        }
        if (text.contains("broken")) {
            return Filtered.refused("is broken");
        }
        if (key.endsWith(".mp4")) {
            return Filtered.unknown("is video/mp4");
        }
        String clean = text.replaceAll("by \\w+ ?", "");
        return clean.equals(text) ? Filtered.CLEAN : new Filtered(Filtered.Outcome.CLEANED, "", new Bytes(clean));
    }

    private static String text(MediaContent content) {
        try {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Bytes(String text) implements Filtered.Content {

        @Override
        public long sizeBytes() {
            return text.length();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }
}
