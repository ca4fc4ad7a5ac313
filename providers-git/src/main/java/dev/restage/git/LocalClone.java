package dev.restage.git;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FileUtils;

/**
 * The bare clone of one repository on this machine, kept between runs. One thread of one process works on it at a time;
 * a damaged clone is deleted and made again.
 */
final class LocalClone {

    private static final System.Logger LOG = System.getLogger(LocalClone.class.getName());

    /** A file lock belongs to the whole process, so threads need this one before. */
    private static final ConcurrentMap<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    static {
        // JGit measures the file system at its first use, for seconds on a loaded machine.
        FS.FileStoreAttributes.setBackground(true);
    }

    private final Path directory;

    /**
     * @param home where Restage keeps what outlives a run
     * @param repository what tells this repository from others
     */
    LocalClone(Path home, String repository) {
        this.directory =
                home.resolve("git").resolve(digest(repository)).toAbsolutePath().normalize();
    }

    /** Work on the open clone. */
    @FunctionalInterface
    interface Work<T> {
        T in(Repository clone) throws IOException;
    }

    /** Does work while nobody else uses the clone; a second time on a fresh clone if this one turns out damaged. */
    <T> T use(Work<T> work) {
        ReentrantLock mine = IN_THIS_PROCESS.computeIfAbsent(directory, path -> new ReentrantLock());
        mine.lock();
        try {
            Files.createDirectories(directory.getParent());
            Path lockFile = directory.resolveSibling(directory.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                assert held.isValid();
                return useLocked(work);
            }
        } catch (IOException e) {
            throw new ProviderException(
                    Kind.FAILED,
                    "the local clone %s cannot be used: %s; check the free space and the rights there"
                            .formatted(directory, e.getMessage()),
                    Effect.NONE,
                    e);
        } finally {
            mine.unlock();
        }
    }

    private <T> T useLocked(Work<T> work) throws IOException {
        try {
            return openAnd(work);
        } catch (IOException e) {
            // What a server does wrong is a ProviderException by now, so this is about the files here.
            LOG.log(Level.WARNING, "The local clone {0} is damaged ({1}); it is made again", directory, e.getMessage());
            FileUtils.delete(directory.toFile(), FileUtils.RECURSIVE | FileUtils.RETRY | FileUtils.SKIP_MISSING);
            return openAnd(work);
        }
    }

    private <T> T openAnd(Work<T> work) throws IOException {
        boolean fresh = !Files.exists(directory);
        try (Repository clone = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .setMustExist(!fresh)
                .build()) {
            if (fresh) {
                clone.create(true);
                fixSettings(clone.getConfig());
            }
            return work.in(clone);
        }
    }

    /** Settings of the user must not change which commit a rebuild leads to. */
    private static void fixSettings(StoredConfig config) throws IOException {
        config.setString(ConfigConstants.CONFIG_DIFF_SECTION, null, ConfigConstants.CONFIG_KEY_ALGORITHM, "histogram");
        config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "logAllRefUpdates", false);
        config.save();
    }

    /** {@return whether a failure says that objects of the clone are gone or broken} */
    static boolean isDamage(Throwable failure) {
        return failure instanceof MissingObjectException
                || failure instanceof CorruptObjectException
                || (failure.getCause() != null && isDamage(failure.getCause()));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
