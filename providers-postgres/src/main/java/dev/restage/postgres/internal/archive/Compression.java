package dev.restage.postgres.internal.archive;

import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;

/** How the data of an archive is compressed. */
public enum Compression {
    NONE(0),
    /** A zlib stream, not a gzip file. */
    GZIP(1),
    /** One LZ4 frame. */
    LZ4(2),
    /** One Zstandard frame. */
    ZSTD(3);

    private static final int BUFFER = 1 << 16;

    private final int code;

    Compression(int code) {
        this.code = code;
    }

    /** How the header names it, from format 1.15 on. */
    int code() {
        return code;
    }

    static Optional<Compression> of(int code) {
        return Arrays.stream(values()).filter(each -> each.code == code).findFirst();
    }

    /** Reads what was compressed; not for an empty stream. */
    InputStream reading(InputStream compressed) throws IOException {
        return switch (this) {
            case NONE -> compressed;
            case GZIP -> new Inflating(compressed);
            case LZ4 -> new FramedLZ4CompressorInputStream(new BufferedInputStream(compressed, BUFFER));
            case ZSTD -> new ZstdInputStream(compressed);
        };
    }

    /** Compresses what is written; the level counts for {@link #GZIP} only. Closing it closes the stream below. */
    OutputStream writing(OutputStream out, int level) throws IOException {
        return switch (this) {
            case NONE -> out;
            case GZIP -> new Deflating(out, level);
            case LZ4 -> new Lz4Output(out);
            case ZSTD -> new ZstdOutputStream(out);
        };
    }

    /** Frees the native memory of its inflater, which the JDK's own class does for the small buffer only. */
    private static final class Inflating extends InflaterInputStream {

        Inflating(InputStream compressed) {
            super(compressed, new Inflater(), BUFFER);
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                inf.end();
            }
        }
    }

    private static final class Deflating extends DeflaterOutputStream {

        Deflating(OutputStream out, int level) {
            super(out, new Deflater(level), BUFFER);
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                def.end();
            }
        }
    }
}
