package dev.restage.sandbox.s3.internal.job;

import dev.restage.sandbox.s3.internal.http.ChecksumAlgorithm;
import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.Hashes;
import dev.restage.sandbox.s3.internal.object.Acl;
import dev.restage.sandbox.s3.internal.object.Attributes;
import dev.restage.sandbox.s3.internal.object.Body;
import dev.restage.sandbox.s3.internal.object.Encryption;
import dev.restage.sandbox.s3.internal.object.Metadata;
import dev.restage.sandbox.s3.internal.object.ObjectLock;
import dev.restage.sandbox.s3.internal.object.Tags;
import dev.restage.sandbox.s3.internal.operation.Buckets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Writes the report of a job to its bucket, as Amazon lays it out. */
record JobReport(Buckets buckets) {

    private static final String SCHEMA = "Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage";

    void write(String jobId, JobRequest.Report wanted, List<JobTask> done) {
        if (!wanted.enabled() || done.isEmpty()) {
            return;
        }
        String base = (wanted.prefix().isEmpty() ? "" : wanted.prefix() + "/") + "job-" + jobId;
        List<String> results = new ArrayList<>();
        List<JobTask> failed =
                done.stream().filter(task -> task.failure() != null).toList();
        List<JobTask> succeeded = wanted.failedOnly()
                ? List.of()
                : done.stream().filter(task -> task.failure() == null).toList();
        results(wanted, base, "succeeded", succeeded, results);
        results(wanted, base, "failed", failed, results);
        String manifest =
                "{\"Format\":\"Report_CSV_20180820\",\"ReportCreationDate\":\"%s\",\"Results\":[%s],\"ReportSchema\":\"%s\"}"
                        .formatted(Instant.now().truncatedTo(ChronoUnit.MILLIS), String.join(",", results), SCHEMA);
        put(wanted.bucket(), base + "/manifest.json", "application/json", manifest);
        put(wanted.bucket(), base + "/manifest.json.md5", "text/plain", Hashes.md5(bytes(manifest)));
    }

    private void results(
            JobRequest.Report wanted, String base, String status, List<JobTask> tasks, List<String> results) {
        if (tasks.isEmpty()) {
            return;
        }
        StringBuilder csv = new StringBuilder();
        tasks.forEach(task -> csv.append(task.reportLine()));
        String name = Hashes.hex(Hashes.digest("SHA-1", bytes(UUID.randomUUID().toString())));
        String key = "%s/results/%s.csv".formatted(base, name);
        put(wanted.bucket(), key, "text/csv", csv.toString());
        results.add("{\"TaskExecutionStatus\":\"%s\",\"Bucket\":\"%s\",\"MD5Checksum\":\"%s\",\"Key\":\"%s\"}"
                .formatted(
                        status,
                        wanted.bucket(),
                        Hashes.md5(bytes(csv.toString())),
                        key.replace("\\", "\\\\").replace("\"", "\\\"")));
    }

    private void put(String bucket, String key, String type, String text) {
        Body body = Body.whole(new Content(bytes(text)), Encryption.STANDARD, ChecksumAlgorithm.CRC64NVME);
        Attributes attributes = new Attributes(
                Metadata.ofType(type), Tags.NONE, Acl.PRIVATE, "STANDARD", Encryption.STANDARD, ObjectLock.NONE);
        buckets.of(bucket).put(key, body, attributes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
