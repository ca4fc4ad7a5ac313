package dev.restage.sandbox.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Server programs, unpacked from the class path once per user and content and then kept. JVMs share it: a program
 * appears under its final name at once and whole.
 */
final class BinaryCache {

    /** Moves the cache; by default it lies in the temporary directory. */
    static final String PROPERTY = "restage.sandbox.cache";

    private BinaryCache() {}

    /** Unpacks a resource of the class path into a directory. */
    interface Unpacker {
        void unpack(InputStream packed, Path directory) throws IOException;
    }

    /** Reads what is packed. */
    private interface Reading {
        byte[] read() throws IOException;
    }

    /** The directory with what is in a resource. */
    static Path directoryOf(String resource, Unpacker unpacker) {
        return directoryOf(resource, () -> read(resource), unpacker);
    }

    /** The directory with what is in an entry of a jar that is not on the class path. */
    static Path directoryOf(Path jar, String entry, Unpacker unpacker) {
        return directoryOf(entry, () -> read(jar, entry), unpacker);
    }

    private static synchronized Path directoryOf(String resource, Reading reading, Unpacker unpacker) {
        try {
            byte[] packed = reading.read();
            Path unpacked = root().resolve(nameOf(resource) + "-" + digest(packed));
            if (!Files.isDirectory(unpacked)) {
                unpack(packed, unpacker, unpacked);
            }
            return unpacked;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + resource, e);
        }
    }

    private static void unpack(byte[] packed, Unpacker unpacker, Path target) throws IOException {
        Path partial = target.resolveSibling(".partial-" + UUID.randomUUID());
        Files.createDirectory(partial);
        try {
            unpacker.unpack(new ByteArrayInputStream(packed), partial);
            Files.move(partial, target);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
        } finally {
            Directories.remove(partial);
        }
    }

    private static byte[] read(Path jar, String entry) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry found = zip.getEntry(entry);
            if (found == null) {
                throw new IOException("%s has no %s: it is for another platform".formatted(jar, entry));
            }
            return zip.getInputStream(found).readAllBytes();
        }
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream stream = BinaryCache.class.getResourceAsStream("/" + resource)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "%s is not on the class path: the sandbox has no such server for %s on %s"
                                .formatted(resource, System.getProperty("os.name"), System.getProperty("os.arch")));
            }
            return stream.readAllBytes();
        }
    }

    /** Others could put their programs into a directory of this name, so it must be ours and closed to their writing. */
    private static Path root() throws IOException {
        UserPrincipal user = currentUser();
        String moved = System.getProperty(PROPERTY);
        Path root = moved == null
                ? Path.of(System.getProperty("java.io.tmpdir"), "restage-sandbox-cache-" + user.getName())
                : Path.of(moved);
        Files.createDirectories(
                root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        boolean othersWrite = Files.getPosixFilePermissions(root).contains(PosixFilePermission.OTHERS_WRITE);
        if (othersWrite || !Files.getOwner(root).equals(user)) {
            throw new IllegalStateException(
                    "%s belongs to another user, or others may write to it: remove it, or name another place with -D%s"
                            .formatted(root, PROPERTY));
        }
        return root;
    }

    /** Asked of the file system, because a user without an entry in the password file has no {@code user.name}. */
    private static UserPrincipal currentUser() throws IOException {
        Path file = Files.createTempFile("restage-", null);
        try {
            return Files.getOwner(file);
        } finally {
            Files.delete(file);
        }
    }

    private static String nameOf(String resource) {
        int dot = resource.lastIndexOf(".txz");
        return dot < 0 ? resource : resource.substring(0, dot);
    }

    private static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
