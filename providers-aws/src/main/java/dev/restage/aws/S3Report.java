package dev.restage.aws;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a job says of the objects that it could not copy. Source of its shape: S3 user guide, "Tracking job status and
 * completion reports", read 2026-11.
 */
record S3Report(S3Client client, String bucket, String prefix, String job) {

    private static final int KEY = 1;

    /** The schema says that the code of the error comes before the status; the guide's examples have them the other way. */
    private static final int CODE = 4;

    private static final int STATUS = 5;

    /** The first few, with the reason. */
    List<String> failures(int most) {
        List<String> failures = new ArrayList<>();
        for (JsonNode result : manifest().path("Results")) {
            if (result.path("TaskExecutionStatus").asString().equals("failed") && failures.size() < most) {
                read(result.path("Key").asString(), most, failures);
            }
        }
        return failures;
    }

    private JsonNode manifest() {
        String key = "%s/job-%s/manifest.json".formatted(prefix, job);
        return JsonMapper.shared()
                .readTree(client.getObjectAsBytes(
                                request -> request.bucket(bucket).key(key))
                        .asByteArray());
    }

    private void read(String key, int most, List<String> failures) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                client.getObject(request -> request.bucket(bucket).key(key)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && failures.size() < most; line = lines.readLine()) {
                List<String> fields = fields(line);
                if (fields.size() > STATUS) {
                    boolean swapped = fields.get(CODE).matches("\\d+");
                    failures.add("%s (%s, %s)"
                            .formatted(
                                    URLDecoder.decode(fields.get(KEY), StandardCharsets.UTF_8),
                                    fields.get(swapped ? STATUS : CODE),
                                    fields.get(swapped ? CODE : STATUS)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commas within quotes are part of a field; a quote in it is written twice. */
    static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString().strip());
        return fields;
    }
}
