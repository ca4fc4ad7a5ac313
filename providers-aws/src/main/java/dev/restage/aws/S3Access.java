package dev.restage.aws;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.S3ControlClientBuilder;

/** One principal's client, made when it is first needed. */
final class S3Access implements AutoCloseable {

    private static final int CONNECTIONS = 256;

    /** Parts of large objects that are under way at once. */
    private static final int PARTS = 8;

    /** A CopyObject of several GB answers only when it is done. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);

    private final AwsConfig config;
    private @Nullable SdkHttpClient http;
    private @Nullable AwsCredentialsProvider credentials;
    private @Nullable S3Client client;
    private @Nullable ExecutorService parts;
    private @Nullable S3ControlClient control;

    S3Access(AwsConfig config) {
        this.config = config;
    }

    AwsConfig config() {
        return config;
    }

    /** The server, as a part of an identity. */
    String server() {
        return config.endpoint() == null ? "aws" : config.endpoint().getAuthority();
    }

    synchronized S3Client client() {
        if (client == null) {
            client = connect();
        }
        return client;
    }

    /** Where the parts of large objects are sent from. */
    synchronized Executor parts() {
        if (parts == null) {
            parts = Executors.newFixedThreadPool(PARTS, task -> {
                Thread thread = new Thread(task, "restage-media-part");
                thread.setDaemon(true);
                return thread;
            });
        }
        return parts;
    }

    /** Where jobs are made, at Amazon or at another server. */
    synchronized S3ControlClient control(@Nullable URI endpoint) {
        if (control == null) {
            control = connectControl(endpoint);
        }
        return control;
    }

    @Override
    public synchronized void close() {
        if (control != null) {
            control.close();
            control = null;
        }
        if (parts != null) {
            parts.shutdownNow();
            parts = null;
        }
        if (client != null) {
            client.close();
            client = null;
        }
        if (http != null) {
            http.close();
            http = null;
        }
    }

    /** The short way to a bucket. */
    synchronized S3Direct direct(S3Location location) {
        URI endpoint = config.endpoint();
        String region = config.region() == null ? Region.US_EAST_1.id() : config.region();
        if (endpoint != null) {
            String root = endpoint.toString();
            return new S3Direct(
                    config,
                    region,
                    URI.create(root + (root.endsWith("/") ? "" : "/") + location.bucket() + "/"),
                    credentials(),
                    http());
        }
        S3Client client = client();
        String object = client.utilities()
                .getUrl(url -> url.bucket(location.bucket()).key("x"))
                .toString();
        return new S3Direct(
                config,
                client.serviceClientConfiguration().region().id(),
                URI.create(object.substring(0, object.length() - 1)),
                credentials(),
                http());
    }

    private synchronized SdkHttpClient http() {
        if (http == null) {
            http = Apache5HttpClient.builder()
                    .maxConnections(CONNECTIONS)
                    .socketTimeout(LONGEST_ANSWER)
                    .build();
        }
        return http;
    }

    private S3Client connect() {
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http())
                .credentialsProvider(credentials())
                .overrideConfiguration(settings -> {
                    settings.addExecutionInterceptor(new Ownership(config));
                    if (config.profile() != null) {
                        settings.defaultProfileName(config.profile());
                    }
                });
        if (config.region() != null) {
            builder.region(Region.of(config.region()));
        }
        if (config.endpoint() == null) {
            return builder.crossRegionAccessEnabled(true).build();
        }
        if (config.region() == null) {
            builder.region(Region.US_EAST_1);
        }
        // Other servers often know neither bucket hosts nor the trailing checksums that Amazon takes since 2025.
        return builder.endpointOverride(config.endpoint())
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .build();
    }

    private S3ControlClient connectControl(@Nullable URI endpoint) {
        S3ControlClientBuilder builder = S3ControlClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder())
                .credentialsProvider(credentials())
                .overrideConfiguration(settings -> {
                    if (config.profile() != null) {
                        settings.defaultProfileName(config.profile());
                    }
                    // Amazon has a host for each account; another server has one, to which the usual rules add the
                    // account.
                    settings.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, endpoint != null);
                });
        if (config.region() != null) {
            builder.region(Region.of(config.region()));
        }
        if (endpoint == null) {
            return builder.build();
        }
        if (config.region() == null) {
            builder.region(Region.US_EAST_1);
        }
        return builder.endpointProvider(parameters -> CompletableFuture.completedFuture(
                        Endpoint.builder().url(endpoint).build()))
                .build();
    }

    private synchronized AwsCredentialsProvider credentials() {
        if (credentials == null) {
            credentials = newCredentials();
        }
        return credentials;
    }

    private AwsCredentialsProvider newCredentials() {
        AwsConfig.Key key = config.key();
        if (key == null) {
            return config.profile() == null
                    ? DefaultCredentialsProvider.builder().build()
                    : DefaultCredentialsProvider.builder()
                            .profileName(config.profile())
                            .build();
        }
        String secret = key.secret().reveal();
        AwsCredentials credentials = key.token() == null
                ? AwsBasicCredentials.create(key.id(), secret)
                : AwsSessionCredentials.create(key.id(), secret, key.token().reveal());
        return StaticCredentialsProvider.create(credentials);
    }

    /** Says with each request who pays and whose bucket it must be. */
    private record Ownership(AwsConfig config) implements ExecutionInterceptor {

        @Override
        public SdkHttpRequest modifyHttpRequest(
                Context.ModifyHttpRequest context, ExecutionAttributes executionAttributes) {
            SdkHttpRequest.Builder request = context.httpRequest().toBuilder();
            if (config.requesterPays()) {
                request.putHeader("x-amz-request-payer", "requester");
            }
            if (config.owner() != null) {
                request.putHeader("x-amz-expected-bucket-owner", config.owner());
            }
            return request.build();
        }
    }
}
