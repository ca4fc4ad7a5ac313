package dev.restage.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A process that holds a lock, and whether it is known to be dead. It is known only to processes that would see it if it
 * lived: those that the same kernel runs, within the same container.
 *
 * @param place the boot of the kernel and the container; empty where that is not known
 * @param pid its number
 * @param startedAt when it began, as numbers come again; milliseconds
 */
record HolderProcess(String place, long pid, long startedAt) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path CONTAINER = Path.of("/proc/self/ns/pid");

    static HolderProcess current() {
        ProcessHandle self = ProcessHandle.current();
        return new HolderProcess(here(), self.pid(), started(self));
    }

    static HolderProcess of(String text) {
        String[] parts = text.split(" ", -1);
        try {
            return new HolderProcess(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new HolderProcess("", 0, 0);
        }
    }

    String text() {
        return "%s %d %d".formatted(place, pid, startedAt);
    }

    boolean isKnownToBeDead() {
        return !place.isEmpty()
                && place.equals(here())
                && ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> started(process) == startedAt)
                        .isEmpty();
    }

    /** A machine's name would not do: containers of one name do not see each other's processes. */
    private static String here() {
        try {
            return Files.readString(BOOT).strip() + "/" + Files.readSymbolicLink(CONTAINER);
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return "";
        }
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** {@return who started this process: {@code user@host}} */
    static String owner() {
        return System.getProperty("user.name") + "@" + host();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }
}
