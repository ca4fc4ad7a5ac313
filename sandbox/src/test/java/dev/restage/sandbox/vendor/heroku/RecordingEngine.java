package dev.restage.sandbox.vendor.heroku;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Backups without databases: remembers what it was told to do. */
final class RecordingEngine implements BackupEngine {

    private final List<String> told = new CopyOnWriteArrayList<>();

    List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public String capture(String databaseUrl) {
        if (databaseUrl.contains("broken")) {
            throw new IllegalStateException("connection refused");
        }
        told.add("capture " + nameOf(databaseUrl));
        return "snapshot-of-" + nameOf(databaseUrl);
    }

    @Override
    public void restore(String snapshotId, String databaseUrl) {
        told.add("restore %s to %s".formatted(snapshotId, nameOf(databaseUrl)));
    }

    @Override
    public void renew(String databaseUrl) {
        told.add("renew " + nameOf(databaseUrl));
    }

    @Override
    public byte[] archive(String snapshotId) {
        return ("PGDMP " + snapshotId).getBytes(StandardCharsets.UTF_8);
    }

    private static String nameOf(String databaseUrl) {
        return databaseUrl.substring(databaseUrl.lastIndexOf('/') + 1);
    }
}
