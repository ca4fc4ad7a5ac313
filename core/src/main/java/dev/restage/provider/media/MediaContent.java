package dev.restage.provider.media;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The content of an object while it is read, to be closed by the reader.
 *
 * @param stream the bytes
 * @param sizeBytes how many there are
 * @param contentType the media type; empty if unknown
 * @param headers what else belongs to the object: {@code cache-control}, {@code content-disposition},
 *     {@code content-encoding}, {@code content-language}, {@code expires}, and the user's own metadata as
 *     {@code x-meta-<name>}
 */
public record MediaContent(InputStream stream, long sizeBytes, String contentType, Map<String, String> headers)
        implements AutoCloseable {

    /**
     * Copies the headers.
     *
     * @param stream the bytes
     * @param sizeBytes how many there are
     * @param contentType the media type; empty if unknown
     * @param headers what else belongs to the object
     */
    public MediaContent {
        headers = Map.copyOf(headers);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
