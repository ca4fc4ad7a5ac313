package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.restage.media.FakeStore;
import dev.restage.provider.ProviderException;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hostile keys, and links that are there or come meanwhile: nothing outside of the folder may change. */
class FolderFuzzTest {

    private static final int KEYS = 2000;

    private static final List<String> SEGMENTS = List.of(
            "..",
            ".",
            "",
            "a",
            "b",
            "c",
            "A",
            "link",
            "file",
            "canary",
            "outside",
            "C:",
            "\\\\host\\share",
            "a\\..\\..\\canary",
            "..\\..\\canary",
            "\0",
            "..\0",
            "%2e%2e",
            "%2E%2E",
            "..%2Foutside",
            "%",
            ".. ",
            "...",
            " ",
            "con",
            "NUL.txt",
            "a.",
            ".restage-lock",
            ".RESTAGE-x.part",
            "~",
            "\n",
            "\u2025",
            "\uFF0E\uFF0E",
            "\u202E",
            "é",
            "e\u0301",
            "\uD83D\uDE00",
            "\uD83D",
            "x".repeat(300),
            "*",
            "canary:stream");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(KeyPolicy.class)
    void keepsHostileKeysInside(KeyPolicy policy) throws IOException {
        Path base = Files.createDirectory(directory.resolve(policy.name()));
        Ground ground = Ground.in(base);
        ground.plantLinks();

        ground.fuzz(policy, 10);
    }

    @ParameterizedTest
    @EnumSource(KeyPolicy.class)
    void keepsHostileKeysInsideWhereDirectoriesAreKnownByName(KeyPolicy policy) throws IOException {
        for (Configuration system : List.of(Configuration.windows(), Configuration.osX())) {
            try (FileSystem files = Jimfs.newFileSystem(system)) {
                Ground ground = Ground.in(Files.createDirectories(
                        files.getRootDirectories().iterator().next().resolve("base")));
                ground.plantLinks();

                ground.fuzz(policy, 11);
            }
        }
    }

    /** The system is asked to hold directories open, so there is no moment in which a link helps. */
    @Test
    void keepsKeysInsideWhileLinksComeAndGo() throws Exception {
        Ground ground = Ground.in(directory);
        for (String name : List.of("a", "b", "c")) {
            Files.createDirectories(ground.root.resolve(name).resolve("a/b"));
        }
        AtomicBoolean done = new AtomicBoolean();
        Thread planter = new Thread(() -> {
            Random random = new Random(3);
            while (!done.get()) {
                ground.swap(random);
            }
        });
        planter.start();
        try {
            ground.fuzz(KeyPolicy.FAIL, 20);
        } finally {
            done.set(true);
            planter.join();
        }
        ground.check("all");
    }

    private record Ground(Path base, Path root, Path outside, Map<String, String> before) {

        private static Ground in(Path base) throws IOException {
            Path root = Files.createDirectory(base.resolve("media"));
            Path outside = Files.createDirectories(base.resolve("outside"));
            for (String name : List.of("canary", "file", "a/canary", "a/b/c", "b/a", ".restage-lock")) {
                Path file = outside.resolve(name);
                Files.createDirectories(file.getParent() == null ? outside : file.getParent());
                Files.writeString(file, "alive");
            }
            Files.writeString(base.resolve("canary"), "alive");
            Ground ground = new Ground(base, root, outside, new TreeMap<>());
            ground.before.putAll(ground.look());
            return ground;
        }

        private void plantLinks() throws IOException {
            Files.createSymbolicLink(root.resolve("link"), outside);
            Files.createDirectories(root.resolve("a/b"));
            Files.createSymbolicLink(root.resolve("a/link"), outside.resolve("a"));
            Files.createSymbolicLink(root.resolve("a/b/c"), root.getFileSystem().getPath("..", "..", "..", "outside"));
            Files.createSymbolicLink(root.resolve("file"), outside.resolve("file"));
            Files.createSymbolicLink(root.resolve("canary"), outside.resolve("missing"));
            Files.createSymbolicLink(root.resolve("outside"), base);
            Files.createSymbolicLink(root.resolve(".restage-lock"), outside.resolve(".restage-lock"));
            Files.createSymbolicLink(root.resolve(".restage-x.part"), outside.resolve("file"));
            before.clear();
            before.putAll(look());
        }

        private void fuzz(KeyPolicy policy, int seed) throws IOException {
            Random random = new Random(seed);
            FolderMediaStore folder = new FolderMediaStore(root, policy);
            int written = 0;
            for (int i = 0; i < KEYS; i++) {
                String key = key(random);
                FakeStore source = new FakeStore("source").with(key, "evil");
                MediaObject object = new MediaObject(key, 4, Integer.toHexString("evil".hashCode()), FakeStore.TIME);
                written += attempt(() -> folder.copy(source, object)) ? 1 : 0;
                if (random.nextInt(8) == 0) {
                    attempt(() -> folder.list(KeyRange.of(key))
                            .forEachRemaining(
                                    listed -> attempt(() -> folder.open(listed).close())));
                }
                attempt(() -> folder.open(object).close());
                if (random.nextInt(4) == 0) {
                    attempt(() -> folder.delete(List.of(key)));
                }
                if (random.nextInt(100) == 0) {
                    attempt(() -> folder.register().putIfAbsent("fuzz"));
                }
                if (i % 500 == 0) {
                    check(key);
                }
            }
            check("all");
            assertThat(written).isGreaterThan(KEYS / 100);
        }

        private String key(Random random) {
            List<String> segments = new ArrayList<>();
            if (random.nextInt(20) == 0) {
                segments.add(outside.toString());
            }
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                segments.add(
                        random.nextInt(3) == 0
                                ? List.of("a", "b", "c").get(random.nextInt(3))
                                : SEGMENTS.get(random.nextInt(SEGMENTS.size())));
            }
            return String.join("/", segments);
        }

        /** Puts a link to the outside where a directory was, and the directory back. */
        private void swap(Random random) {
            Path name = root.resolve(List.of("a", "b", "c", "a/a", "b/a").get(random.nextInt(5)));
            Path aside = root.resolve("aside");
            try {
                Files.move(name, aside);
                Files.createSymbolicLink(name, outside.resolve(random.nextBoolean() ? "a" : ""));
                Files.deleteIfExists(name);
                Files.move(aside, name);
            } catch (IOException e) {
                restore(name, aside);
            }
        }

        private static void restore(Path name, Path aside) {
            try {
                if (Files.isSymbolicLink(name)) {
                    Files.delete(name);
                }
                if (Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(name);
                    Files.move(aside, aside.resolveSibling("aside-" + System.nanoTime()));
                }
            } catch (IOException e) {
                // The store was there first.
            }
        }

        private void check(String key) throws IOException {
            assertThat(look()).as(key).isEqualTo(before);
        }

        /** All but what is in the folder: names, contents and times. */
        private Map<String, String> look() throws IOException {
            Map<String, String> found = new TreeMap<>();
            Files.walkFileTree(base, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                    if (path.equals(root)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    found.put(path.toString(), attributes.lastModifiedTime().toString());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                    found.put(path.toString(), attributes.lastModifiedTime() + Files.readString(path));
                    return FileVisitResult.CONTINUE;
                }
            });
            return found;
        }

        private interface Attempt {
            void run() throws IOException;
        }

        /** Whether it was done. To be refused is fine; to fail otherwise is not. */
        private static boolean attempt(Attempt attempt) {
            try {
                attempt.run();
                return true;
            } catch (ProviderException e) {
                return false;
            } catch (NoSuchFileException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
