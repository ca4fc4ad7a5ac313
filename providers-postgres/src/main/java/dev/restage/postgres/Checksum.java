package dev.restage.postgres;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts rows and bytes and sums them up with SHA-256. */
final class Checksum {

    private final MessageDigest digest;
    private long rows;
    private long bytes;

    Checksum() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void add(byte[] row) {
        digest.update(row);
        rows++;
        bytes += row.length;
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /** The sum; to be asked once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
