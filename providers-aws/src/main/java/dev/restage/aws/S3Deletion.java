package dev.restage.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** Deletes in batches, and reads the errors that hide in a good answer. */
record S3Deletion(S3Client client, S3Location location) {

    /** The most keys of one call. Source: S3 API reference, read 2026-11. */
    private static final int BATCH = 1000;

    Map<String, String> delete(Collection<String> keys) {
        Map<String, String> failures = new TreeMap<>();
        List<ObjectIdentifier> batch = new ArrayList<>();
        for (String key : keys) {
            if (key.chars().anyMatch(S3Deletion::isUnknownToXml)) {
                client.deleteObject(request -> request.bucket(location.bucket()).key(location.full(key)));
                continue;
            }
            batch.add(ObjectIdentifier.builder().key(location.full(key)).build());
            if (batch.size() == BATCH) {
                send(batch, failures);
                batch.clear();
            }
        }
        send(batch, failures);
        return failures;
    }

    private void send(List<ObjectIdentifier> batch, Map<String, String> failures) {
        if (batch.isEmpty()) {
            return;
        }
        Delete delete = Delete.builder().objects(List.copyOf(batch)).quiet(true).build();
        client.deleteObjects(request -> request.bucket(location.bucket()).delete(delete))
                .errors()
                .forEach(error -> failures.put(
                        error.key().substring(location.prefix().length()), error.code() + ": " + error.message()));
    }

    private static boolean isUnknownToXml(int unit) {
        return (unit < ' ' && unit != '\t' && unit != '\n' && unit != '\r') || unit == 0xFFFE || unit == 0xFFFF;
    }
}
