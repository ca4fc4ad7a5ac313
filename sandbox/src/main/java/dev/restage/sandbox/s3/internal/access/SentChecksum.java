package dev.restage.sandbox.s3.internal.access;

import dev.restage.sandbox.s3.internal.http.ChecksumAlgorithm;
import dev.restage.sandbox.s3.internal.http.Hashes;
import dev.restage.sandbox.s3.internal.http.S3Error;
import java.util.Base64;
import java.util.Optional;

/** Compares a body with the digests that came with it. */
public final class SentChecksum {

    private SentChecksum() {}

    /** {@return the checksum that came; empty if none did} */
    public static Optional<ChecksumAlgorithm> check(Caller caller, byte[] content) {
        Optional<String> md5 = caller.header("content-md5");
        if (md5.isPresent() && !md5.get().equals(Base64.getEncoder().encodeToString(Hashes.digest("MD5", content)))) {
            throw new S3Error(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
        }
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            Optional<String> sent = caller.header(algorithm.header());
            if (sent.isPresent()) {
                if (!sent.get().equals(algorithm.base64(content))) {
                    throw new S3Error(
                            400,
                            "BadDigest",
                            "The %s you specified did not match the calculated checksum.".formatted(algorithm));
                }
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** Some operations must come with one. */
    public static void require(Caller caller) {
        if (check(caller, caller.request().body().bytes()).isEmpty()
                && caller.header("content-md5").isEmpty()) {
            throw S3Error.invalid("Missing required header for this request: Content-MD5");
        }
    }

    /** {@return the algorithm that a header names; that of S3 itself if none does} */
    public static ChecksumAlgorithm asked(Caller caller, ChecksumAlgorithm otherwise) {
        return caller.header("x-amz-checksum-algorithm")
                .or(() -> caller.header("x-amz-sdk-checksum-algorithm"))
                .flatMap(ChecksumAlgorithm::named)
                .orElse(otherwise);
    }
}
