package dev.restage.sandbox.s3;

import dev.restage.sandbox.s3.model.S3Key;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Amazon's client, as it is by default but for one try only. */
final class Clients {

    private Clients() {}

    static S3Client of(S3Server server) {
        return of(server.endpoint(), server.accessKey(), server.secretKey());
    }

    static S3Client of(S3Server server, S3Key key) {
        return of(server.endpoint(), key.id(), key.secret().reveal());
    }

    static S3Client of(URI endpoint, String id, String secret) {
        return builder(endpoint, id, secret).forcePathStyle(true).build();
    }

    /** Not yet told to address buckets by path. */
    static S3ClientBuilder builder(URI endpoint, String id, String secret) {
        return S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint);
    }
}
