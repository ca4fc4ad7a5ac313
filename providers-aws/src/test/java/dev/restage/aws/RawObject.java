package dev.restage.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * An object as a browser gets it, read without the code under test and without an HTTP client that changes headers.
 *
 * @param content a character for each byte
 * @param headers those that belong to the object, by lower-case name
 */
record RawObject(String content, Map<String, String> headers) {

    private static final Set<String> OF_THE_OBJECT = Set.of(
            "content-type",
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "expires",
            "x-amz-website-redirect-location",
            "x-amz-tagging-count");

    /** @param variables that address the server */
    static RawObject of(Map<String, String> variables, String bucket, String key) {
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(URI.create(variables.get("AWS_ENDPOINT_URL_S3")))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        variables.get("AWS_ACCESS_KEY_ID"), variables.get("AWS_SECRET_ACCESS_KEY"))))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            return read((HttpURLConnection) presigner
                    .presignGetObject(request -> request.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(get -> get.bucket(bucket).key(key)))
                    .url()
                    .openConnection());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawObject read(HttpURLConnection connection) throws IOException {
        try (InputStream body = connection.getInputStream()) {
            Map<String, String> headers = new TreeMap<>();
            connection.getHeaderFields().forEach((name, values) -> {
                String lower = String.valueOf(name).toLowerCase(Locale.ROOT);
                if (OF_THE_OBJECT.contains(lower) || lower.startsWith("x-amz-meta-")) {
                    headers.put(
                            lower,
                            new String(values.get(0).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
                }
            });
            return new RawObject(new String(body.readAllBytes(), StandardCharsets.ISO_8859_1), headers);
        }
    }
}
