package dev.restage.files.internal.file;

import dev.restage.files.internal.file.Scrubber.Found;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cleans texts that begin with {@code file:} of the name Okafor, and leaves all others as they are. One that begins with
 * {@code broken:} cannot be cleaned.
 */
public final class FakeWithin implements FilesWithin {

    /** What it was asked to clean. */
    public final List<String> seen = new ArrayList<>();

    @Override
    public Found scrubPart(Spool part, OutputStream cleaned) throws UncleanException, IOException {
        String text = text(part);
        seen.add(text);
        if (text.startsWith("broken:")) {
            throw new UncleanException("is broken");
        }
        if (!text.startsWith("file:") || !text.contains("Okafor")) {
            return Found.NOTHING;
        }
        cleaned.write(text.replace("Okafor", "nobody").getBytes(StandardCharsets.ISO_8859_1));
        return Found.SOMETHING;
    }

    @Override
    public boolean areWithinFile() {
        return false;
    }

    @Override
    public boolean isPlainXml(Spool part) throws IOException {
        return text(part).startsWith("<");
    }

    @Override
    public boolean know(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1).startsWith("file:");
    }

    private static String text(Spool part) throws IOException {
        try (InputStream stream = part.open()) {
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
