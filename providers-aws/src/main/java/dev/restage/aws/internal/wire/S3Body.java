package dev.restage.aws.internal.wire;

import dev.restage.provider.ProviderException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The content of an answer. Compares it with its MD5 before it gives out the last byte, where that is known. May be closed
 * before its end: the HTTP client would read all the rest then, to use the connection again, and of a large object it is
 * cheaper to give the connection up.
 */
public final class S3Body extends FilterInputStream {

    /** About what arrives while a new connection is made. */
    private static final long CHEAP_BYTES = 256 << 10;

    private final String name;
    private final Runnable abort;
    private final byte @Nullable [] md5;
    private final MessageDigest digest = Retold.newMd5();
    private long left;

    /**
     * @param name of the object
     * @param length of the content in bytes
     * @param md5 what the content must have, in hexadecimal digits; null if that is not known
     * @param abort gives the connection up
     */
    public S3Body(InputStream in, String name, long length, @Nullable String md5, Runnable abort) {
        super(in);
        this.name = name;
        this.left = length;
        this.md5 = md5 == null ? null : HexFormat.of().parseHex(md5);
        this.abort = abort;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = super.read(buffer, from, length);
        if (read > 0) {
            left -= read;
            if (md5 != null) {
                digest.update(buffer, from, read);
                check(md5);
            }
        }
        return read;
    }

    private void check(byte[] expected) {
        if (left == 0 && !Arrays.equals(digest.digest(), expected)) {
            throw new ProviderException(
                    ProviderException.Kind.UNAVAILABLE,
                    "%s did not arrive as it is stored: its MD5 is not its ETag; run again".formatted(name),
                    null);
        }
    }

    /** By reading, as what is not read is not checked. */
    @Override
    public long skip(long bytes) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(Math.max(bytes, 0), 8192)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (left > CHEAP_BYTES) {
            abort.run();
        } else {
            super.close();
        }
    }
}
