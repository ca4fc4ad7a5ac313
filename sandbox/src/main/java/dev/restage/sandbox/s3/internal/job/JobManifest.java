package dev.restage.sandbox.s3.internal.job;

import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.UrlText;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import dev.restage.sandbox.s3.internal.operation.Buckets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/** Finds the tasks of a job. */
record JobManifest(Buckets buckets) {

    List<JobTask> tasks(JobRequest request) {
        JobRequest.Manifest manifest = request.manifest();
        JobRequest.Generator generator = request.generator();
        return manifest != null ? listed(manifest) : generator == null ? List.of() : generated(generator);
    }

    private List<JobTask> listed(JobRequest.Manifest manifest) {
        StoredObject object = buckets.of(manifest.bucket())
                .current(manifest.key())
                .orElseThrow(() -> refused("ManifestNotFound", "The manifest is not there"));
        if (!object.etag().equals(manifest.etag())) {
            throw refused("ManifestETagMismatch", "The manifest's ETag is not the one that the job names");
        }
        int bucketAt = manifest.fields().indexOf("Bucket");
        int keyAt = manifest.fields().indexOf("Key");
        int versionAt = manifest.fields().indexOf("VersionId");
        if (bucketAt != 0 || keyAt != 1 || (versionAt >= 0 && versionAt != 2)) {
            throw refused("InvalidManifest", "The fields must be Bucket,Key or Bucket,Key,VersionId");
        }
        List<JobTask> tasks = new ArrayList<>();
        String text = new String(object.body().content().bytes(), StandardCharsets.UTF_8);
        StringTokenizer lines = new StringTokenizer(text, "\r\n");
        while (lines.hasMoreTokens()) {
            tasks.add(task(lines.nextToken(), versionAt >= 0, tasks.size() + 1));
        }
        if (tasks.isEmpty()) {
            throw refused("InvalidManifest", "The manifest is empty");
        }
        if (tasks.stream().map(JobTask::bucket).distinct().count() > 1) {
            throw refused("InvalidManifest", "All objects of a manifest must be in one bucket");
        }
        return tasks;
    }

    private static JobTask task(String line, boolean versions, int number) {
        List<String> values = new ArrayList<>();
        int from = 0;
        for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', from)) {
            values.add(unquoted(line.substring(from, comma)));
            from = comma + 1;
        }
        values.add(unquoted(line.substring(from)));
        String key = values.size() > 1 ? UrlText.decode(values.get(1), true) : null;
        if (values.size() != (versions ? 3 : 2) || key == null) {
            throw refused("InvalidManifest", "Line %d of the manifest is not as its fields say".formatted(number));
        }
        return new JobTask(
                values.get(0),
                key,
                versions && !values.get(2).isEmpty() ? Optional.of(values.get(2)) : Optional.empty());
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    private List<JobTask> generated(JobRequest.Generator generator) {
        List<JobTask> tasks = new ArrayList<>();
        Iterator<StoredObject> objects = buckets.of(generator.bucket()).from("");
        while (objects.hasNext()) {
            StoredObject object = objects.next();
            if (generator.takes(object)) {
                tasks.add(new JobTask(generator.bucket(), object.key(), Optional.empty()));
            }
        }
        if (tasks.isEmpty()) {
            throw refused("EmptyManifest", "No object passes the filter of the manifest generator");
        }
        return tasks;
    }

    private static S3Error refused(String code, String message) {
        return new S3Error(400, code, message);
    }
}
