package dev.restage.media.folder;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One object on its way into a folder, in a file of our own until it is whole. A large one that breaks off leaves that
 * file behind, named after the object with its ETag, size and time, so that a later run goes on with it.
 *
 * <p>Nothing is forced to the disk: that would cost more than the download of a small file, and what a power cut leaves
 * differs in size or time from the source, so that the next run copies it again.
 */
final class FolderDownload implements Closeable {

    /** The size from which it is worth to go on with what is there. */
    static final long LARGE = 8L << 20;

    private static final int ATTEMPTS = 5;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final int BUFFER = 64 << 10;

    /** An ETag that may be the hash of the content; it is not where a bucket encrypts with a key of its own. */
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    private static final Set<Kind> WORTH_GOING_ON =
            EnumSet.complementOf(EnumSet.of(Kind.NOT_FOUND, Kind.CONFLICT, Kind.UNSUPPORTED));

    private final Path root;
    private final FolderDirectory top;
    private final MediaStore source;
    private final MediaObject object;
    private Path name;
    private boolean stays;

    FolderDownload(Path root, FolderDirectory top, MediaStore source, MediaObject object) {
        this.root = root;
        this.top = top;
        this.source = source;
        this.object = object;
        this.name = temporaryName();
    }

    void fetch() throws IOException {
        if (object.sizeBytes() < LARGE || !goOn()) {
            name = temporaryName();
            try (SeekableByteChannel channel = channel()) {
                FolderLeftovers.lock(channel);
                fill(channel, 0);
            }
        }
        top.setTime(name, FileTime.from(time(object)));
    }

    void moveTo(FolderDirectory directory, Path newName) throws IOException {
        top.move(name, directory, newName);
        stays = true;
    }

    /** The object's time, as exactly as a file can have it. */
    static Instant time(MediaObject object) {
        return object.modifiedAt().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void close() throws IOException {
        if (!stays) {
            discard();
        }
    }

    /** False if another run is at it. */
    private boolean goOn() throws IOException {
        name = resumableName();
        if (!FolderLeftovers.isOnlyName(root, top, name)) {
            discard();
        }
        try (SeekableByteChannel channel = channel()) {
            if (!FolderLeftovers.lock(channel)) {
                return false;
            }
            long from = channel.size();
            stays = true;
            try {
                if (from <= object.sizeBytes()) {
                    fill(channel, from);
                }
                if (from == 0 || (from <= object.sizeBytes() && isRight(channel))) {
                    stays = false;
                    return true;
                }
            } catch (ProviderException e) {
                stays = WORTH_GOING_ON.contains(e.kind());
                throw e;
            } catch (IOException e) {
                // The disk, not the source: it may be full.
                stays = false;
                throw e;
            }
        }
        stays = false;
        discard();
        return goOn();
    }

    private void fill(SeekableByteChannel channel, long from) throws IOException {
        channel.position(from);
        long position = from;
        int failures = 0;
        while (position < object.sizeBytes() || position == 0) {
            long before = position;
            position = read(channel, before);
            if (position == object.sizeBytes()) {
                return;
            }
            failures = position - before >= LARGE ? 1 : failures + 1;
            if (failures == ATTEMPTS) {
                throw broken(position, null);
            }
            pause(failures, position);
        }
    }

    /** Returns how far it came. */
    private long read(SeekableByteChannel channel, long from) throws IOException {
        MediaContent content = source.open(object, from);
        try {
            if (content.sizeBytes() != object.sizeBytes() - from) {
                throw changed();
            }
            byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, content.sizeBytes()))];
            long position = from;
            for (int bytes = 0; bytes >= 0 && position < object.sizeBytes(); bytes = read(content.stream(), buffer)) {
                write(channel, ByteBuffer.wrap(buffer, 0, bytes));
                position += bytes;
            }
            if (position > object.sizeBytes()) {
                throw changed();
            }
            return position;
        } finally {
            close(content);
        }
    }

    /** Negative if the source has ended or broken off. */
    private static int read(InputStream stream, byte[] buffer) {
        try {
            return stream.read(buffer);
        } catch (IOException e) {
            log("a download broke off", e);
            return -1;
        }
    }

    private static void write(SeekableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void close(MediaContent content) {
        try {
            content.close();
        } catch (IOException e) {
            log("the end of a download failed", e);
        }
    }

    private static void log(String what, IOException failure) {
        System.getLogger(FolderDownload.class.getName()).log(System.Logger.Level.DEBUG, what, failure);
    }

    /** Whether what was there before fits what came after, as far as the ETag tells. */
    private boolean isRight(SeekableByteChannel channel) throws IOException {
        if (!MD5.matcher(object.etag()).matches()) {
            return true;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            channel.position(0);
            new DigestInputStream(Channels.newInputStream(channel), digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest()).equals(object.etag());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private void pause(int failures, long position) {
        try {
            Thread.sleep(FIRST_PAUSE_MILLIS << (failures - 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw broken(position, e);
        }
    }

    private ProviderException changed() {
        return new ProviderException(
                Kind.CONFLICT,
                "%s has changed in %s since it was listed; list it again"
                        .formatted(MediaObject.shown(object.key()), source.identity()),
                null);
    }

    private ProviderException broken(long position, @Nullable Throwable cause) {
        return new ProviderException(
                Kind.UNAVAILABLE,
                "%s ended after %d of %d bytes on its way to the folder %s, %d times in a row; run again to go on"
                        .formatted(MediaObject.shown(object.key()), position, object.sizeBytes(), root, ATTEMPTS),
                cause);
    }

    private SeekableByteChannel channel() throws IOException {
        try {
            return top.channel(name, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            return top.channel(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
    }

    private void discard() throws IOException {
        try {
            top.deleteFile(name);
        } catch (NoSuchFileException e) {
            // Then there is nothing to discard.
        }
    }

    private Path temporaryName() {
        return root.getFileSystem().getPath(FolderKeys.OWN + UUID.randomUUID() + FolderLeftovers.TEMPORARY);
    }

    private Path resumableName() {
        Hasher hasher = Hashing.sha256().newHasher();
        for (String part : List.of(source.identity().toString(), object.key(), object.etag())) {
            hasher.putInt(part.length()).putUnencodedChars(part);
        }
        String hash = hasher.putLong(object.sizeBytes())
                .putLong(time(object).toEpochMilli())
                .hash()
                .toString();
        return root.getFileSystem().getPath(FolderKeys.OWN + hash + FolderLeftovers.RESUMABLE);
    }
}
