package dev.restage.aws.internal.wire;

import com.google.common.io.Closeables;
import dev.restage.provider.media.MediaContent;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Content that can be read anew for each attempt to send it, with the hash of the last reading. */
public final class Retold implements AutoCloseable {

    private final Supplier<MediaContent> opener;
    private MediaContent content;
    private boolean fresh = true;
    private MessageDigest digest = newMd5();

    public Retold(Supplier<MediaContent> opener, MediaContent first) {
        this.opener = opener;
        this.content = first;
    }

    public InputStream again() {
        if (!fresh) {
            Closeables.closeQuietly(content.stream());
            content = opener.get();
            digest = newMd5();
        }
        fresh = false;
        return new DigestInputStream(content.stream(), digest);
    }

    public String md5() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    public static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
