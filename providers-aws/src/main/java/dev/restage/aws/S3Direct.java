package dev.restage.aws;

import dev.restage.aws.internal.wire.S3Body;
import dev.restage.aws.internal.wire.S3Headers;
import dev.restage.aws.internal.wire.S3Page;
import dev.restage.aws.internal.wire.S3Xml;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * The three calls that a sync makes for each object or page, without the SDK's pipeline around its client and its signer:
 * the pipeline takes several times the processor time of all the rest (docs/benchmarks.md). Whatever is not a plain success
 * is left to the SDK, which asks again and knows each error, redirection and pause.
 */
final class S3Direct {

    private static final int ERROR = 400;

    /** Answers that will be the same next time: the bucket is elsewhere, or wants another signature. */
    private volatile boolean useless;

    private final S3Access access;
    private final AwsConfig config;
    private final String region;
    private final URI bucket;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    private final S3Signer signer;

    /**
     * @param region that requests are signed for
     * @param bucket the address of the bucket, ending in a slash
     */
    S3Direct(S3Access access, String region, URI bucket, AwsCredentialsProvider credentials, SdkHttpClient http) {
        this.access = access;
        this.config = access.config();
        this.signer = S3Signer.of(config);
        this.region = region;
        this.bucket = bucket;
        this.credentials = credentials;
        this.http = http;
    }

    /** Copies by one call, with metadata and tags; empty if the SDK has to do it. */
    Optional<MediaObject> copy(S3MediaStore source, MediaObject object, S3Location target, String key) {
        SdkHttpRequest.Builder request = request(SdkHttpMethod.PUT, target.full(key))
                .putHeader(
                        "x-amz-copy-source",
                        source.location().bucket() + "/"
                                + encoded(source.location().full(object.key())))
                .putHeader("x-amz-copy-source-if-match", S3Headers.quoted(object.etag()));
        if (source.access().config().requesterPays()) {
            request.putHeader("x-amz-request-payer", "requester");
        }
        return call(request, (head, body) -> {
            Map<String, String> result = S3Xml.texts(body, "CopyObjectResult");
            String time = result.get("LastModified");
            return time == null
                    ? null
                    : new MediaObject(
                            key, object.sizeBytes(), S3Headers.unquoted(result.get("ETag")), Instant.parse(time));
        });
    }

    /** Opens an object, or a range of its bytes; empty if the SDK has to do it. */
    Optional<MediaContent> open(S3Location location, MediaObject object, @Nullable String range) {
        SdkHttpRequest.Builder request = request(SdkHttpMethod.GET, location.full(object.key()));
        if (!object.etag().isEmpty()) {
            request.putHeader("If-Match", S3Headers.quoted(object.etag()));
        }
        if (range != null) {
            request.putHeader("Range", range);
        }
        return send(request).map(answer -> {
            SdkHttpResponse head = answer.httpResponse();
            long length = head.firstMatchingHeader("Content-Length")
                    .map(Long::parseLong)
                    .orElse(object.sizeBytes());
            InputStream body = answer.responseBody()
                    .<InputStream>map(stream -> new S3Body(
                            stream,
                            location + object.key(),
                            length,
                            range == null ? S3Attributes.md5(object.etag(), head) : null,
                            stream::abort))
                    .orElseGet(InputStream::nullInputStream);
            return new MediaContent(
                    body,
                    length,
                    S3Headers.received(head.firstMatchingHeader("Content-Type").orElse("")),
                    S3Attributes.headers(head));
        });
    }

    /** Lists one page; empty if the SDK has to do it. */
    Optional<S3Page> list(S3Location location, KeyRange range, @Nullable String token, boolean askForRestores) {
        SdkHttpRequest.Builder request = request(SdkHttpMethod.GET, "")
                .putRawQueryParameter("list-type", "2")
                .putRawQueryParameter("encoding-type", "url")
                .putRawQueryParameter("prefix", location.full(range.prefix()));
        if (token != null) {
            request.putRawQueryParameter("continuation-token", token);
        } else if (!range.after().isEmpty()) {
            request.putRawQueryParameter("start-after", location.full(range.after()));
        }
        if (askForRestores) {
            request.putHeader("x-amz-optional-object-attributes", "RestoreStatus");
        }
        return within(access.patience(), request, (head, body) -> S3Xml.page(body));
    }

    private SdkHttpRequest.Builder request(SdkHttpMethod method, String key) {
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(method).uri(bucket).encodedPath(bucket.getRawPath() + encoded(key));
        if (config.requesterPays()) {
            request.putHeader("x-amz-request-payer", "requester");
        }
        if (config.owner() != null) {
            request.putHeader("x-amz-expected-bucket-owner", config.owner());
        }
        return request;
    }

    private static String encoded(String key) {
        return SdkHttpUtils.urlEncodeIgnoreSlashes(key);
    }

    private interface Reader<T> {
        @Nullable T read(SdkHttpResponse head, InputStream body) throws IOException;
    }

    private <T> Optional<T> call(SdkHttpRequest.Builder request, Reader<T> reader) {
        return read(send(request), reader);
    }

    /** A server that never answers would hold this up as long as it holds up a copy of several GB. */
    private <T> Optional<T> within(Duration patience, SdkHttpRequest.Builder request, Reader<T> reader) {
        CompletableFuture<Boolean> read = new CompletableFuture<>();
        try {
            return read(
                    send(
                            request,
                            sending -> read.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                                    .exceptionally(late -> {
                                        sending.abort();
                                        return false;
                                    })),
                    reader);
        } finally {
            read.complete(true);
        }
    }

    private static <T> Optional<T> read(Optional<HttpExecuteResponse> answer, Reader<T> reader) {
        if (answer.isEmpty() || answer.get().responseBody().isEmpty()) {
            return Optional.empty();
        }
        try (AbortableInputStream body = answer.get().responseBody().get()) {
            return Optional.ofNullable(reader.read(answer.get().httpResponse(), body));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Empty unless it was a success. */
    private Optional<HttpExecuteResponse> send(SdkHttpRequest.Builder request) {
        return send(request, sending -> {});
    }

    private Optional<HttpExecuteResponse> send(
            SdkHttpRequest.Builder request, Consumer<ExecutableHttpRequest> beginning) {
        if (useless) {
            return Optional.empty();
        }
        AwsCredentialsIdentity identity = credentials.resolveIdentity().join();
        SdkHttpRequest signed = signer.sign(SignRequest.builder(identity)
                        .request(request.build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .build())
                .request();
        try {
            ExecutableHttpRequest sending = http.prepareRequest(
                    HttpExecuteRequest.builder().request(signed).build());
            beginning.accept(sending);
            HttpExecuteResponse answer = sending.call();
            access.answered(answer.httpResponse());
            if (answer.httpResponse().isSuccessful()) {
                return Optional.of(answer);
            }
            int status = answer.httpResponse().statusCode();
            useless = (status / 100 == 3) || status == ERROR;
            if (answer.responseBody().isPresent()) {
                try (AbortableInputStream body = answer.responseBody().get()) {
                    body.transferTo(OutputStream.nullOutputStream());
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
