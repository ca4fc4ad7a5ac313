package dev.restage.media.folder;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Register;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A file in the folder. Each change is made under a lock of the operating system on the file, which the system frees with
 * the process; on a network drive that must be one that its server keeps.
 */
final class FolderRegister implements Register {

    static final String FILE = FolderKeys.OWN + "lock";

    /** A lock of the system is one of the whole process, so threads need this one before. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    /** Far behind the text, which thereby stays readable where locks keep readers out. */
    private static final long POSITION = Long.MAX_VALUE - 1;

    private static final int MOST_BYTES = 1 << 16;

    private final Supplier<Path> folder;

    FolderRegister(Supplier<Path> folder) {
        this.folder = folder;
    }

    private interface Work<T> {
        T in(FileChannel file) throws IOException;
    }

    @Override
    public Optional<String> read() {
        return Files.exists(folder.get().resolve(FILE), LinkOption.NOFOLLOW_LINKS)
                ? with(FolderRegister::text, StandardOpenOption.READ)
                : Optional.empty();
    }

    @Override
    public boolean putIfAbsent(String text) {
        return change(Optional.empty(), text);
    }

    @Override
    public boolean replace(String expected, String text) {
        return change(Optional.of(expected), text);
    }

    /** Leaves the empty file: to remove it would let two runs lock two files of one name. */
    @Override
    public boolean remove(String expected) {
        return change(Optional.of(expected), "");
    }

    private boolean change(Optional<String> expected, String text) {
        return with(
                file -> {
                    boolean asExpected = text(file).equals(expected);
                    if (asExpected) {
                        write(file, text);
                    }
                    return asExpected;
                },
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    private <T> T with(Work<T> work, StandardOpenOption... options) {
        Path place = folder.get();
        IN_THIS_PROCESS.lock();
        try {
            checkIsOurs(place);
            return locked(place, work, options);
        } catch (IOException e) {
            throw FolderMediaStore.failed(place, "lock", FILE, e);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private static <T> T locked(Path place, Work<T> work, StandardOpenOption... options) throws IOException {
        Set<OpenOption> all = new HashSet<>(List.of(options));
        all.add(LinkOption.NOFOLLOW_LINKS);
        boolean shared = !all.contains(StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(place.resolve(FILE), all);
                FileLock held = channel.lock(POSITION, 1, shared)) {
            assert held.isValid();
            return work.in(channel);
        }
    }

    private static Optional<String> text(FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST_BYTES, file.size()));
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
            // until it is full
        }
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).stripTrailing();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** In one piece, filled up with spaces to the length of what was there: a process that is killed leaves no half. */
    private static void write(FileChannel file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole = ByteBuffer.allocate((int) Math.max(bytes.length, Math.min(MOST_BYTES, file.size())));
        whole.put(bytes);
        while (whole.hasRemaining()) {
            whole.put((byte) ' ');
        }
        whole.flip();
        while (whole.hasRemaining()) {
            file.write(whole, whole.position());
        }
        file.truncate(bytes.length);
        file.force(true);
    }

    /** A link would have a text written over a file outside. */
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
}
