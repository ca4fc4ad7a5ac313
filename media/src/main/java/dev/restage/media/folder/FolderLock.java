package dev.restage.media.folder;

import dev.restage.provider.Lockable;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A lock of the operating system on a file in the folder, whose text is the owner. The system frees it with the process. */
final class FolderLock implements Lockable.Lock {

    static final String FILE = FolderKeys.OWN + "lock";

    /** Far behind the text, which thereby stays readable where locks keep readers out. */
    private static final long POSITION = Long.MAX_VALUE - 1;

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static FolderLock take(Path folder, String owner) {
        Path file = folder.resolve(FILE);
        try {
            checkIsOurs(folder);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (!locks(channel)) {
                channel.close();
                throw held(folder, Files.readString(file));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
            return new FolderLock(file, channel);
        } catch (IOException e) {
            throw FolderMediaStore.failed(folder, "lock", FILE, e);
        }
    }

    /** A link would have the owner's name written over a file outside. */
    private static void checkIsOurs(Path folder) throws IOException {
        try (FolderDirectory top = FolderDirectory.open(folder)) {
            if (!FolderLeftovers.isOnlyName(folder, top, folder.getFileSystem().getPath(FILE))) {
                throw new ProviderException(
                        Kind.UNSUPPORTED,
                        "%s in the folder %s is a link, or no file, so it cannot be locked; remove it"
                                .formatted(FILE, folder),
                        ProviderException.Effect.NONE,
                        null);
            }
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(POSITION, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static ProviderException held(Path folder, String owner) {
        return new ProviderException(
                Kind.CONFLICT,
                "the folder %s is locked by %s; wait until that run has ended".formatted(folder, owner),
                ProviderException.Effect.NONE,
                null);
    }

    /** Leaves the empty file: to remove it would let two runs lock two files of one name. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            channel.truncate(0);
        } catch (IOException e) {
            throw FolderMediaStore.failed(file, "unlock", FILE, e);
        }
    }
}
