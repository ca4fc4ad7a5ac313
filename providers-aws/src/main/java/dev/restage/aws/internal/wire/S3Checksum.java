package dev.restage.aws.internal.wire;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The checksum of a whole object that S3 keeps beside it. */
public final class S3Checksum {

    private S3Checksum() {}

    /** Empty where there is none, or only one of the parts' checksums, which depends on how the object was uploaded. */
    public static String of(HeadObjectResponse head) {
        if (head.checksumType() == ChecksumType.COMPOSITE) {
            return "";
        }
        Map<String, @Nullable String> sums = new TreeMap<>();
        sums.put("crc64nvme", head.checksumCRC64NVME());
        sums.put("sha256", head.checksumSHA256());
        sums.put("crc32c", head.checksumCRC32C());
        sums.put("crc32", head.checksumCRC32());
        return sums.entrySet().stream()
                .filter(sum ->
                        Objects.nonNull(sum.getValue()) && !sum.getValue().contains("-"))
                .map(sum -> sum.getKey() + ":" + sum.getValue())
                .findFirst()
                .orElse("");
    }
}
