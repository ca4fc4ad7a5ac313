package dev.restage.postgres.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time as Linux counts it, in {@code /proc/<pid>/stat}. */
final class Cpu {

    /** The unit of the kernel's figures; the same on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    // Positions after the program's name, which is in parentheses and may hold spaces: see proc(5).
    private static final int PARENT = 1;
    private static final int OWN = 11;
    private static final int CHILDREN = 13;

    private Cpu() {}

    /** Seconds of all children of this JVM that have ended, with their own. */
    static double ofEndedChildren() throws IOException {
        String[] stat = stat(ProcessHandle.current().pid());
        return sum(stat, CHILDREN);
    }

    /** Seconds of a server: its first process, its running children, and those that have ended. */
    static double ofServer(long postmaster) throws IOException {
        String[] stat = stat(postmaster);
        double seconds = sum(stat, OWN) + sum(stat, CHILDREN);
        for (ProcessHandle child :
                ProcessHandle.of(postmaster).orElseThrow().children().toList()) {
            try {
                String[] running = stat(child.pid());
                if (Long.parseLong(running[PARENT]) == postmaster) {
                    seconds += sum(running, OWN);
                }
            } catch (IOException e) {
                // It has just ended, and its time is among that of the ended ones from now on.
                return ofServer(postmaster);
            }
        }
        return seconds;
    }

    private static double sum(String[] stat, int position) {
        return (Long.parseLong(stat[position]) + Long.parseLong(stat[position + 1])) / TICKS_PER_SECOND;
    }

    private static String[] stat(long pid) throws IOException {
        String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return line.substring(line.lastIndexOf(')') + 2).split(" ");
    }
}
