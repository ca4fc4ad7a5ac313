package dev.restage.sandbox.s3.internal.http;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums that S3 keeps beside an object. */
public enum ChecksumAlgorithm {
    CRC32 {
        @Override
        public byte[] of(byte[] content) {
            return crc(new CRC32(), content);
        }
    },
    CRC32C {
        @Override
        public byte[] of(byte[] content) {
            return crc(new CRC32C(), content);
        }
    },
    CRC64NVME {
        @Override
        public byte[] of(byte[] content) {
            return ByteBuffer.allocate(8).putLong(Crc64Nvme.of(content)).array();
        }
    },
    SHA1 {
        @Override
        public byte[] of(byte[] content) {
            return Hashes.digest("SHA-1", content);
        }
    },
    SHA256 {
        @Override
        public byte[] of(byte[] content) {
            return Hashes.digest("SHA-256", content);
        }
    };

    public abstract byte[] of(byte[] content);

    public String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(of(content));
    }

    /** {@return the header and trailer that carries it} */
    public String header() {
        return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
    }

    /** {@return the element of a document that carries it} */
    public String element() {
        return "Checksum" + name();
    }

    public static Optional<ChecksumAlgorithm> named(String name) {
        for (ChecksumAlgorithm algorithm : values()) {
            if (algorithm.name().equalsIgnoreCase(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    private static byte[] crc(Checksum checksum, byte[] content) {
        checksum.update(content);
        return ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
    }
}
