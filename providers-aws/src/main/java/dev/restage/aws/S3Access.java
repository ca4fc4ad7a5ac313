package dev.restage.aws;

import dev.restage.aws.internal.wire.Utf8HttpClient;
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
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
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

    /** A page of a listing takes about a second. */
    private static final Duration LONGEST_PAGE = Duration.ofSeconds(30);

    private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);

    private final AwsConfig config;
    private volatile boolean answered;
    private volatile boolean proved;
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

    /** Whether the server has answered anything yet: until then it may not be there at all. */
    boolean hasAnswered() {
        return answered;
    }

    /** Whether the server has taken a signed request, so that the secret is right. */
    boolean hasProved() {
        return proved;
    }

    void answered(SdkHttpResponse answer) {
        answered = true;
        proved |= answer.isSuccessful();
    }

    /** How long to wait for a page: briefly as long as nothing has ever come from there. */
    Duration patience() {
        return answered ? LONGEST_PAGE : FIRST_ANSWER;
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
        String region = config.endpoint() == null
                ? client().serviceClientConfiguration().region().id()
                : config.region() == null ? Region.US_EAST_1.id() : config.region();
        return new S3Direct(this, region, address(location), credentials(), http());
    }

    /** Where a bucket is, ending in a slash. */
    URI address(S3Location location) {
        URI endpoint = config.endpoint();
        if (endpoint == null) {
            String object = client().utilities()
                    .getUrl(url -> url.bucket(location.bucket()).key("x"))
                    .toString();
            return URI.create(object.substring(0, object.length() - 1));
        }
        String path = endpoint.getRawPath().endsWith("/") ? endpoint.getRawPath() : endpoint.getRawPath() + "/";
        return URI.create(
                config.style() == AwsConfig.Style.HOST
                        ? "%s://%s.%s%s"
                                .formatted(endpoint.getScheme(), location.bucket(), endpoint.getRawAuthority(), path)
                        : "%s://%s%s%s/"
                                .formatted(endpoint.getScheme(), endpoint.getRawAuthority(), path, location.bucket()));
    }

    private synchronized SdkHttpClient http() {
        if (http == null) {
            http = new S3Http(
                    Apache5HttpClient.builder()
                            .maxConnections(CONNECTIONS)
                            .socketTimeout(LONGEST_ANSWER)
                            .build(),
                    new Utf8HttpClient(CONNECTIONS, LONGEST_ANSWER));
        }
        return http;
    }

    private S3Client connect() {
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http())
                .credentialsProvider(credentials())
                .putAuthScheme(S3Signer.of(config))
                .overrideConfiguration(settings -> {
                    settings.addExecutionInterceptor(new Ownership(this));
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
        builder.endpointOverride(config.endpoint()).forcePathStyle(config.style() == AwsConfig.Style.PATH);
        if (config.isAmazon()) {
            return builder.build();
        }
        // Other servers often know neither trailing checksums, which Amazon takes since 2025, nor the CRC that the SDK
        // has
        // sent since then where S3 wants to be sure of a list of keys.
        return builder.addPlugin(LegacyMd5Plugin.create())
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

    /** Sends each request by the client that can. */
    private record S3Http(SdkHttpClient usual, SdkHttpClient utf8) implements SdkHttpClient {

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return (Utf8HttpClient.isNeededFor(request.httpRequest()) ? utf8 : usual).prepareRequest(request);
        }

        @Override
        public String clientName() {
            return usual.clientName();
        }

        @Override
        public void close() {
            usual.close();
            utf8.close();
        }
    }

    /** Says with each request who pays and whose bucket it must be. */
    private record Ownership(S3Access access) implements ExecutionInterceptor {

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes executionAttributes) {
            access.answered(context.httpResponse());
        }

        @Override
        public SdkHttpRequest modifyHttpRequest(
                Context.ModifyHttpRequest context, ExecutionAttributes executionAttributes) {
            AwsConfig config = access.config();
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
