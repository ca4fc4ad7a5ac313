package dev.restage.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Objects;

/** A journal as a file. */
final class FileLog implements RunLog {

    // no FileChannel: that one is closed by the interruption of a thread that writes, and a stopped step writes last
    private final RandomAccessFile file;
    private final Taken taken;

    FileLog(Path path, Taken taken) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.taken = taken;
    }

    @Override
    public synchronized void append(long expectedLength, byte[] bytes) throws IOException {
        if (file.length() < expectedLength) {
            throw new IOException("the journal is shorter than what was written to it: somebody has cut it");
        }
        try {
            if (file.length() > expectedLength) {
                file.setLength(expectedLength);
            }
            file.seek(expectedLength);
            file.write(bytes);
        } catch (IOException e) {
            cutTo(expectedLength, e);
            throw e;
        }
    }

    private void cutTo(long length, IOException why) {
        try {
            file.setLength(length);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    /** Not together with {@link #append}: who appends need not wait for the disk. */
    @Override
    public void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            taken.close();
        }
    }

    static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "a journal lies in a folder");
    }
}
