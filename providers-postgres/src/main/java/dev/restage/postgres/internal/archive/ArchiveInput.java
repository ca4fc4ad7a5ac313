package dev.restage.postgres.internal.archive;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the values that an archive is made of from front to back, and says where it is damaged. */
final class ArchiveInput {

    /** No definition is longer, and a nonsense length must not take all memory. */
    private static final int LONGEST_TEXT = 1 << 26;

    /** What the format allows for the size of an int. */
    private static final int WIDEST = 32;

    private final String archive;
    private final InputStream in;
    private String part = "its header";
    private int intSize = 4;
    private int offsetSize = 8;
    private long position;

    ArchiveInput(String archive, InputStream in, long position) {
        this.archive = archive;
        this.in = in;
        this.position = position;
    }

    /** Names what is read from here on, for messages. */
    ArchiveInput part(String name) {
        this.part = name;
        return this;
    }

    ArchiveInput sizes(int forInts, int forOffsets) {
        if (forInts < 1 || forInts > WIDEST || forOffsets < 1 || forOffsets > WIDEST) {
            throw damaged("its integers have %d and its positions %d bytes".formatted(forInts, forOffsets));
        }
        this.intSize = forInts;
        this.offsetSize = forOffsets;
        return this;
    }

    long position() {
        return position;
    }

    int octet() {
        int value = orEnd();
        if (value < 0) {
            throw damaged("it ends there");
        }
        return value;
    }

    /** The next byte, or -1 at the end. */
    int orEnd() {
        try {
            int value = in.read();
            if (value >= 0) {
                position++;
            }
            return value;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** An int: a sign, then its magnitude, the low byte first; bytes above the fourth are dropped, as pg_restore does. */
    int number() {
        int sign = octet();
        int magnitude = 0;
        for (int i = 0; i < intSize; i++) {
            int octet = octet();
            if (i < Integer.BYTES) {
                magnitude |= octet << (8 * i);
            }
        }
        return sign == 0 ? magnitude : -magnitude;
    }

    /** A text with one character for each byte; its encoding is known only later. */
    @Nullable String text() {
        int length = number();
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > LONGEST_TEXT) {
            throw damaged("a text of %d bytes is announced".formatted(length));
        }
        try {
            byte[] bytes = in.readNBytes(length);
            position += bytes.length;
            if (bytes.length < length) {
                throw damaged("it ends there");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    String required(String what) {
        String text = text();
        if (text == null) {
            throw damaged("there is no %s".formatted(what));
        }
        return text;
    }

    /** The position in an offset field. */
    long offset() {
        long value = 0;
        for (int i = 0; i < offsetSize; i++) {
            long octet = octet();
            if (i >= Long.BYTES ? octet != 0 : i == Long.BYTES - 1 && octet > Byte.MAX_VALUE) {
                throw damaged("a position beyond any file is given");
            }
            if (i < Long.BYTES) {
                value |= octet << (8 * i);
            }
        }
        return value;
    }

    /** Reads at least one byte; damaged at the end. */
    int read(byte[] buffer, int from, int length) {
        try {
            int read = in.read(buffer, from, length);
            if (read <= 0 && length > 0) {
                throw damaged("it ends there");
            }
            position += read;
            return read;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    void skip(long length) {
        try {
            in.skipNBytes(length);
            position += length;
        } catch (java.io.EOFException e) {
            throw damaged("it ends before the %d bytes that should follow".formatted(length));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    ProviderException damaged(String how) {
        return new ProviderException(
                Kind.FAILED,
                "archive %s is damaged or cut off at byte %d, in %s: %s; dump or download it again"
                        .formatted(archive, position, part, how),
                Effect.NONE,
                null);
    }

    ProviderException refused(String why) {
        return new ProviderException(
                Kind.UNSUPPORTED, "archive %s cannot be read: %s".formatted(archive, why), Effect.NONE, null);
    }

    private ProviderException unreadable(IOException e) {
        return new ProviderException(
                Kind.UNAVAILABLE,
                "archive %s could not be read at byte %d, in %s: %s; try again"
                        .formatted(archive, position, part, e.getMessage()),
                Effect.NONE,
                e);
    }
}
