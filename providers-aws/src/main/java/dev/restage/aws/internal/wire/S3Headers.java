package dev.restage.aws.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Headers in any language, which are UTF-8, of which HTTP clients make a character of each byte; and ETags, with their quotes. */
public final class S3Headers {

    private S3Headers() {}

    /** The text of a header that arrived; what is no UTF-8 stays as it is. */
    public static String received(String value) {
        if (value.chars().allMatch(c -> c < 0x80)) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }

    public static String quoted(String etag) {
        return '"' + etag + '"';
    }

    public static String unquoted(@Nullable String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }
}
