package dev.restage.sandbox.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The machine below: which programs run on it, and how to give up root's rights. */
record Platform(boolean mac, boolean arm) {

    /** The conventional "nobody". */
    static final int NOBODY = 65534;

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final Path UNSHARE = Path.of("/usr/bin/unshare");

    static Platform current() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean mac = system.startsWith("mac");
        if (!mac && !system.startsWith("linux")) {
            throw new IllegalStateException(
                    "the sandbox runs on Linux and macOS, not on " + system + "; on Windows use WSL");
        }
        return new Platform(mac, processor.equals("aarch64") || processor.equals("arm64"));
    }

    /** The archive of the PostgreSQL server. */
    String postgresArchive() {
        return "postgres-%s-%s.txz".formatted(mac ? "darwin" : "linux", arm ? "arm_64" : "x86_64");
    }

    /** The program of the Redis server. */
    String redisProgram() {
        if (mac) {
            return "redis-server-6.2.6-v5-darwin-" + (arm ? "arm64" : "amd64");
        }
        return arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
    }

    /** How this user runs a program that refuses root. */
    static Unprivileged unprivileged() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new Unprivileged(List.of(), false);
        }
        if (Files.isExecutable(SETPRIV)) {
            return new Unprivileged(
                    List.of(SETPRIV.toString(), "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"),
                    true);
        }
        if (Files.isExecutable(UNSHARE)) {
            return new Unprivileged(List.of(UNSHARE.toString(), "-U"), false);
        }
        throw new IllegalStateException(
                "PostgreSQL does not run as root, and neither setpriv nor unshare is here: use an ordinary user");
    }

    /**
     * How to run without root's rights.
     *
     * @param prefix put before a command
     * @param asNobody whether the files of the program must then belong to nobody
     */
    record Unprivileged(List<String> prefix, boolean asNobody) {}
}
