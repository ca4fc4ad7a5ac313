package dev.restage.sandbox.s3.internal.job;

import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.UrlText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One object to copy, and how it went. */
public record JobTask(
        String bucket,
        String key,
        Optional<String> versionId,
        @Nullable S3Error failure) {

    JobTask(String bucket, String key, Optional<String> versionId) {
        this(bucket, key, versionId, null);
    }

    public JobTask failed(S3Error why) {
        return new JobTask(bucket, key, versionId, why);
    }

    public String copySource() {
        return bucket + "/" + UrlText.path(key)
                + versionId.map(id -> "?versionId=" + id).orElse("");
    }

    /**
     * A line of the report. The status comes before the code, unlike the schema says that is written beside it: so do the
     * reports of Amazon, as others found who compared.
     */
    String reportLine() {
        String start = "%s,%s,%s".formatted(bucket, UrlText.listing(key), versionId.orElse(""));
        return failure == null
                ? start + ",succeeded,200,,Successful\n"
                : "%s,failed,%d,%s,\"%s\"\n"
                        .formatted(
                                start,
                                failure.status(),
                                failure.code(),
                                failure.text().replace("\"", "\"\""));
    }
}
