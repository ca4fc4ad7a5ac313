package dev.restage.postgres.internal.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Where an archive is written to. */
interface ArchiveTarget {

    OutputStream stream();

    /** Completes what was written; a target that can go back writes its beginning again. */
    void finish(byte[] beginning) throws IOException;

    /** Ends all writing, from any thread. */
    void cancel() throws IOException;

    /** Takes back what was not finished. */
    void discard() throws IOException;

    /** What remains of an archive that could not be written. */
    String outcome();

    /** A stream, left open, that holds what was written even if it was not finished. */
    static ArchiveTarget of(OutputStream out) {
        return new ArchiveTarget() {
            @Override
            public OutputStream stream() {
                return out;
            }

            @Override
            public void finish(byte[] beginning) throws IOException {
                out.flush();
            }

            @Override
            public void cancel() throws IOException {
                out.close();
            }

            @Override
            public void discard() {}

            @Override
            public String outcome() {
                return "what was written before is no archive";
            }
        };
    }

    /** A file, which appears under its name when it is complete and on the disk. Only its owner can read it. */
    static ArchiveTarget of(Path file) throws IOException {
        Path place = file.toAbsolutePath();
        Path folder = place.getParent();
        if (folder == null) {
            throw new IOException("it is no file");
        }
        Path partial = Files.createTempFile(folder, "." + place.getFileName() + ".", ".partial");
        return new InFile(place, folder, partial, FileChannel.open(partial, StandardOpenOption.WRITE));
    }

    /** Writes beside the place and moves the file there at the end. */
    record InFile(Path place, Path folder, Path partial, FileChannel channel) implements ArchiveTarget {

        @Override
        public OutputStream stream() {
            return Channels.newOutputStream(channel);
        }

        @Override
        public void finish(byte[] beginning) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(beginning);
            while (buffer.hasRemaining()) {
                channel.write(buffer, buffer.position());
            }
            channel.force(true);
            channel.close();
            Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
            syncFolder();
        }

        @Override
        public void cancel() throws IOException {
            channel.close();
        }

        @Override
        public void discard() throws IOException {
            channel.close();
            Files.deleteIfExists(partial);
        }

        @Override
        public String outcome() {
            return "nothing is left of it, and a file of that name is as it was";
        }

        /** The new name is on the disk only when its folder is; Windows cannot open folders and needs no such thing. */
        private void syncFolder() throws IOException {
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                    entries.force(true);
                }
            }
        }
    }
}
