package dev.restage.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalCloneTest {

    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    private Path home;

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void isMadeWhenItIsFirstUsedAndKept() {
        ObjectId blob = clone("a").use(LocalCloneTest::insert);

        assertThat(clone("a").use(LocalCloneTest::has)).isTrue();
        assertThat(clone("b").use(LocalCloneTest::has)).isFalse();
        assertThat(blob).isNotNull();
    }

    @Test
    void settingsOfTheUserDoNotDecideHowItCompares() {
        assertThat(clone("a").<String>use(repository -> repository.getConfig().getString("diff", null, "algorithm")))
                .isEqualTo("histogram");
    }

    @Test
    void workThatFindsItDamagedIsDoneAgainOnAFreshOne() {
        clone("a").use(LocalCloneTest::insert);

        boolean found = clone("a").use(repository -> {
            if (calls.incrementAndGet() == 1) {
                throw new MissingObjectException(ObjectId.zeroId(), Constants.OBJ_BLOB);
            }
            return has(repository);
        });

        assertThat(found).isFalse();
        assertThat(calls).hasValue(2);
    }

    @Test
    void aCloneWithoutItsFilesIsMadeAgain() throws IOException {
        clone("a").use(LocalCloneTest::insert);
        FileUtils.delete(directory().resolve("objects").toFile(), FileUtils.RECURSIVE);

        assertThat(clone("a").use(LocalCloneTest::has)).isFalse();
    }

    @Test
    void workThatFailsTwiceIsReportedWithThePlace() {
        assertThatThrownBy(() -> clone("a").use(repository -> {
                    throw new IOException("No space left on device " + calls.incrementAndGet());
                }))
                .hasMessageStartingWith("the local clone " + home.resolve("git"))
                .hasMessageEndingWith(
                        "cannot be used: No space left on device 2; check the free space and the rights there")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.FAILED, ProviderException::kind)
                .returns(Effect.NONE, ProviderException::effect);
    }

    @Test
    void whatAServerDoesWrongIsNoDamage() {
        clone("a").use(LocalCloneTest::insert);
        ProviderException refusal = new ProviderException(Kind.DENIED, "no", null);

        assertThatThrownBy(() -> clone("a").use(repository -> {
                    calls.incrementAndGet();
                    throw refusal;
                }))
                .isSameAs(refusal);
        assertThat(calls).hasValue(1);
        assertThat(clone("a").use(LocalCloneTest::has)).isTrue();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(home.resolve("git"), "a file");

        assertThatThrownBy(() -> clone("a").use(LocalCloneTest::has))
                .hasMessageContaining("check the free space and the rights there")
                .isInstanceOf(ProviderException.class);
    }

    @Test
    void oneThreadWorksAtATime() throws Exception {
        AtomicInteger working = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> most = IntStream.range(0, 12)
                    .mapToObj(i -> threads.submit(() -> clone("a").<Integer>use(repository -> {
                        int now = working.incrementAndGet();
                        insert(repository);
                        working.decrementAndGet();
                        return now;
                    })))
                    .toList();

            for (Future<Integer> each : most) {
                assertThat(each.get()).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void otherProcessesAreKeptOutWhileItIsUsed() throws IOException {
        clone("a").use(repository -> {
            try (FileChannel channel = lockFile()) {
                assertThatThrownBy(channel::tryLock).isInstanceOf(OverlappingFileLockException.class);
            }
            return true;
        });

        try (FileChannel channel = lockFile();
                AutoCloseable lock = channel.tryLock()) {
            assertThat(lock).isNotNull();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Test
    void knowsDamageByItsCause() {
        MissingObjectException missing = new MissingObjectException(ObjectId.zeroId(), Constants.OBJ_TREE);

        assertThat(LocalClone.isDamage(missing)).isTrue();
        assertThat(LocalClone.isDamage(new IOException(new IOException(missing))))
                .isTrue();
        assertThat(LocalClone.isDamage(new IOException("timeout", new IOException("reset"))))
                .isFalse();
    }

    private LocalClone clone(String repository) {
        return new LocalClone(home, repository);
    }

    private Path directory() throws IOException {
        try (Stream<Path> entries = Files.list(home.resolve("git"))) {
            return entries.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private FileChannel lockFile() throws IOException {
        Path directory = directory();
        return FileChannel.open(directory.resolveSibling(directory.getFileName() + ".lock"), StandardOpenOption.WRITE);
    }

    private static ObjectId insert(Repository repository) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, CONTENT);
            inserter.flush();
            return id;
        }
    }

    private static boolean has(Repository repository) throws IOException {
        try (ObjectInserter.Formatter hash = new ObjectInserter.Formatter()) {
            return repository.getObjectDatabase().has(hash.idFor(Constants.OBJ_BLOB, CONTENT));
        }
    }
}
