package dev.restage.sandbox.s3.internal.object;

import dev.restage.sandbox.s3.internal.http.ChecksumAlgorithm;
import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.Hashes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an object and what S3 says of them.
 *
 * @param content the bytes
 * @param etag the ETag, without quotes
 * @param algorithm of the checksum that is kept
 * @param checksum the checksum that is kept; null where it is that of the content
 * @param partSizes the sizes of the parts that it was uploaded in; empty if in one piece
 */
public record Body(
        Content content,
        String etag,
        ChecksumAlgorithm algorithm,
        @Nullable String checksum,
        List<Integer> partSizes) {

    /** A body in one piece. */
    public static Body whole(Content content, Encryption encryption, ChecksumAlgorithm algorithm) {
        return new Body(content, etag(content, encryption), algorithm, null, List.of());
    }

    public static Body parts(Content content, List<Part> parts, UploadedChecksum checksum) {
        ByteBuffer digests = ByteBuffer.allocate(16 * parts.size());
        parts.forEach(part -> digests.put(HexFormat.of().parseHex(part.body().etag())));
        String etag = Hashes.md5(digests.array()) + "-" + parts.size();
        List<Integer> sizes =
                parts.stream().map(part -> part.body().content().size()).toList();
        return new Body(content, etag, checksum.algorithm(), checksum.composite(parts), sizes);
    }

    /** {@return what it is after a copy, which is in one piece} */
    public Body copied(Encryption encryption, ChecksumAlgorithm newAlgorithm) {
        return whole(content, encryption, newAlgorithm);
    }

    public String checksumValue() {
        return checksum == null ? content.checksum(algorithm) : checksum;
    }

    public String checksumType() {
        return checksum == null ? "FULL_OBJECT" : "COMPOSITE";
    }

    private static String etag(Content content, Encryption encryption) {
        if (encryption.showsMd5()) {
            return content.md5();
        }
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        return Hashes.hex(random);
    }

    /** One part of an upload. */
    public record Part(int number, Body body, Instant modifiedAt) {}

    /** The checksum that an upload was begun with. */
    public record UploadedChecksum(ChecksumAlgorithm algorithm, boolean ofWholeObject) {

        /** {@return the checksum of the parts' checksums; null if it is that of the whole} */
        @Nullable String composite(List<Part> parts) {
            if (ofWholeObject) {
                return null;
            }
            int length = algorithm.of(new byte[0]).length;
            ByteBuffer values = ByteBuffer.allocate(length * parts.size());
            parts.forEach(part ->
                    values.put(Base64.getDecoder().decode(part.body().content().checksum(algorithm))));
            return algorithm.base64(values.array()) + "-" + parts.size();
        }
    }
}
