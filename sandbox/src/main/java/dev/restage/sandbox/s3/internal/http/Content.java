package dev.restage.sandbox.s3.internal.http;

import org.jspecify.annotations.Nullable;

/** The bytes of an object, shared by all its copies, with what was computed of them once. */
public final class Content {

    private final byte[] bytes;
    private volatile @Nullable String md5;
    private volatile @Nullable String crc64;

    public Content(byte[] bytes) {
        this.bytes = bytes;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    public String md5() {
        String known = md5;
        if (known == null) {
            known = Hashes.md5(bytes);
            md5 = known;
        }
        return known;
    }

    public String checksum(ChecksumAlgorithm algorithm) {
        if (algorithm != ChecksumAlgorithm.CRC64NVME) {
            return algorithm.base64(bytes);
        }
        String known = crc64;
        if (known == null) {
            known = algorithm.base64(bytes);
            crc64 = known;
        }
        return known;
    }
}
