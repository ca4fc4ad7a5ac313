package dev.restage.aws;

import static dev.restage.aws.S3Buckets.MIRROR;
import static dev.restage.aws.S3Buckets.PRODUCTION;
import static dev.restage.aws.S3Buckets.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSync;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.S3Operation;
import dev.restage.sandbox.s3.Strike;
import dev.restage.sandbox.s3.model.Grant;
import dev.restage.sandbox.s3.model.S3Key;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Servers that speak S3 with gaps, as many do: each gap is served right, or told as what it is. */
class OtherServersTest {

    private static final int LARGE = (int) AwsConfig.FIVE_MIB + 1000;

    private final S3Buckets buckets = new S3Buckets();

    @AfterEach
    void close() {
        buckets.close();
    }

    @Test
    void sendsContentWithoutFraming() {
        buckets.server.faults().refuseChunks(Strike.always());
        buckets.put(PRODUCTION, "a", "content");
        buckets.put(PRODUCTION, "empty", "");
        buckets.server.put(PRODUCTION, "large", "image/jpeg", new byte[LARGE]);

        through();

        assertThat(buckets.server.keys(STAGING)).containsExactly("a", "empty", "large");
        assertThat(buckets.get(STAGING, "a")).isEqualTo("content");
    }

    /** Such as an earlier upload with framing has left there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"aws-chunked;", "gzip,aws-chunked;gzip", "aws-chunked, br;br", "identity;identity"})
    void takesTheNameOfAFramingForNoEncoding(String encoding, @Nullable String left) {
        Map<String, String> headers = S3Attributes.headers(SdkHttpResponse.builder()
                .statusCode(200)
                .putHeader("Content-Encoding", encoding)
                .build());

        assertThat(headers.get("content-encoding")).isEqualTo(left);
    }

    @Test
    void deletesWhereOnlyTheMd5OfAListOfKeysIsTaken() {
        buckets.server
                .faults()
                .answer(
                        Strike.always(S3Operation.DELETE_OBJECTS)
                                .where(call -> !call.headers().containsKey("content-md5")),
                        400,
                        "InvalidRequest",
                        "Missing required header for this request: Content-MD5");
        buckets.put(STAGING, "a", "surplus");

        assertThat(buckets.staging().delete(List.of("a"))).isEmpty();

        assertThat(buckets.server.keys(STAGING)).isEmpty();
    }

    @Test
    void provesAnUploadInPartsWhoseEndNamesNoEtag() {
        buckets.server.faults().emptyEtag(Strike.always(S3Operation.COMPLETE_MULTIPART_UPLOAD));
        buckets.server.put(PRODUCTION, "large", "image/jpeg", new byte[2 * LARGE]);

        assertThat(inParts(limited(PRODUCTION)).etag()).endsWith("-3");
        assertThat(inParts(new Foreign(limited(PRODUCTION))).etag()).endsWith("-3");
    }

    /** An object that is not made of the parts that were sent. */
    @Test
    void provesNothingByAnEtagOfOtherParts() {
        buckets.server.faults().emptyEtag(Strike.always(S3Operation.COMPLETE_MULTIPART_UPLOAD));
        buckets.server.put(PRODUCTION, "large", "image/jpeg", new byte[LARGE]);
        buckets.server
                .faults()
                .before(
                        Strike.always(S3Operation.HEAD_OBJECT).in(STAGING),
                        call -> buckets.server.put(STAGING, "large", "image/jpeg", new byte[LARGE]));

        fails(Kind.FAILED, "cannot be proved to be what was written", () -> inParts(limited(PRODUCTION)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noticesASourceThatChangesWhileItIsCopied(boolean large) {
        buckets.server
                .faults()
                .ignore(
                        Strike.always(S3Operation.COPY_OBJECT, S3Operation.UPLOAD_PART_COPY),
                        "x-amz-copy-source-if-match");
        buckets.server.put(PRODUCTION, "large", "image/jpeg", new byte[large ? LARGE : 10]);
        MediaObject listed = buckets.production().list("").next();
        byte[] changed = new byte[large ? LARGE : 10];
        changed[0] = 1;
        buckets.server
                .faults()
                .before(
                        Strike.next(1, S3Operation.COPY_OBJECT, S3Operation.UPLOAD_PART_COPY),
                        call -> buckets.server.put(PRODUCTION, "large", "image/jpeg", changed));

        fails(Kind.CONFLICT, "changed", () -> limited(STAGING).copy(limited(PRODUCTION), listed));

        if (large) {
            assertThat(buckets.server.keys(STAGING)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void putsTagsWhereAnUploadInPartsHasLostThem(boolean inside) {
        buckets.server.faults().ignore(Strike.always(S3Operation.CREATE_MULTIPART_UPLOAD), "x-amz-tagging");
        buckets.server.put(
                PRODUCTION, "large", new byte[LARGE], Map.of("x-amz-tagging", "kind=photo", "content-type", "x/y"));
        MediaStore source = limited(PRODUCTION);

        MediaObject copied = inParts(inside ? source : new Foreign(source));

        assertThat(buckets.staging().tags(copied)).isEqualTo(Map.of("kind", "photo"));
    }

    /** Or the next run would find it and be green without them. */
    @Test
    void leavesNoObjectWithoutTheTagsThatItShouldHave() {
        buckets.server.faults().ignore(Strike.always(S3Operation.PUT_OBJECT), "x-amz-tagging");
        buckets.server
                .faults()
                .answer(Strike.always(S3Operation.PUT_OBJECT_TAGGING), 501, "NotImplemented", "not implemented");
        buckets.server.put(PRODUCTION, "a", new byte[3], Map.of("x-amz-tagging", "kind=photo", "content-type", "x/y"));

        for (int run = 0; run < 2; run++) {
            assertThatThrownBy(this::through).hasMessageContaining("leave TAGS out of what is kept");
            assertThat(buckets.server.keys(STAGING)).isEmpty();
        }
    }

    @Test
    void readsKeysAsTheyAreWhereTheyAreNotEncoded() {
        for (String key : List.of("a+b.jpg", "a b.jpg", "a%20b.jpg", "100%.jpg", "é.jpg")) {
            buckets.put(PRODUCTION, key, key);
        }
        buckets.server.faults().ignore(Strike.always(S3Operation.LIST_OBJECTS_V2), "encoding-type");

        MediaSync.between(buckets.production(), buckets.staging(), MIRROR).run(Progress.NONE);

        assertThat(buckets.server.keys(STAGING)).isEqualTo(buckets.server.keys(PRODUCTION));
        assertThat(buckets.get(STAGING, "a+b.jpg")).isEqualTo("a+b.jpg");
        assertThat(MediaSync.between(buckets.production(), buckets.staging(), MIRROR)
                        .compare()
                        .isEmpty())
                .isTrue();
    }

    /** The SDK reads pages where the short way is closed. */
    @Test
    void readsKeysAsTheyAreAlsoByTheSdk() {
        buckets.put(PRODUCTION, "a+b%2F.jpg", "1");
        buckets.server.faults().ignore(Strike.always(S3Operation.LIST_OBJECTS_V2), "encoding-type");
        buckets.server.faults().internalError(Strike.next(1, S3Operation.LIST_OBJECTS_V2));

        assertThat(buckets.production().list("").next().key()).isEqualTo("a+b%2F.jpg");
    }

    @Test
    void needsNoRightToListUploads() {
        buckets.server.put(PRODUCTION, "large", "image/jpeg", new byte[LARGE]);
        S3Key key = buckets.server.newKey(
                "deploy",
                Grant.read(PRODUCTION),
                Grant.of(STAGING, "s3:ListBucket", "s3:PutObject", "s3:GetObject", "s3:PutObjectTagging"));
        MediaStore source = buckets.open("s3://" + PRODUCTION, AwsConfig.FIVE_MIB, key);
        MediaStore target = buckets.open("s3://" + STAGING, AwsConfig.FIVE_MIB, key);

        target.copy(source, source.list("").next());

        assertThat(buckets.server.keys(STAGING)).containsExactly("large");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void needsNoServerThatListsUploads(int status) {
        buckets.server
                .faults()
                .answer(Strike.always(S3Operation.LIST_MULTIPART_UPLOADS), status, "NotImplemented", "unknown");
        buckets.server.put(PRODUCTION, "large", "image/jpeg", new byte[LARGE]);

        assertThat(inParts(limited(PRODUCTION)).sizeBytes()).isEqualTo(LARGE);
    }

    @Test
    void saysWhyAPartFailedAlsoWhereItsLeftoversStay() {
        buckets.server.put(PRODUCTION, "large", "image/jpeg", new byte[LARGE]);
        buckets.server.faults().answer(Strike.always(S3Operation.UPLOAD_PART_COPY), 400, "EntityTooOdd", "odd");
        buckets.server.faults().answer(Strike.always(S3Operation.ABORT_MULTIPART_UPLOAD), 403, "AccessDenied", "no");

        fails(Kind.FAILED, "EntityTooOdd", () -> inParts(limited(PRODUCTION)));
    }

    @Test
    void doesNotSayThatASecretIsWrongWithWhichRequestsWereTaken() {
        buckets.put(PRODUCTION, "a", "1");
        MediaStore source = buckets.production();
        MediaObject listed = source.list("").next();
        buckets.server
                .faults()
                .answer(Strike.always(S3Operation.GET_OBJECT), 403, "SignatureDoesNotMatch", "does not match");

        fails(Kind.DENIED, "reads the request otherwise than it was sent", () -> source.open(listed));
        assertThatThrownBy(() -> source.open(listed)).hasMessageNotContaining("wrong, or");
    }

    @Test
    void saysThatTheClocksDiffer() {
        buckets.server.faults().answer(Strike.always(), 403, "RequestTimeTooSkewed", "too large");

        fails(
                Kind.DENIED,
                "the clocks of this machine and of the server differ",
                () -> buckets.production().list(""));
    }

    @Test
    void saysThatAKeyHasExpired() {
        buckets.server.faults().answer(Strike.always(), 400, "ExpiredToken", "expired");

        fails(Kind.DENIED, "the key has expired", () -> buckets.production().list(""));
    }

    @Test
    void showsOnlyTheEndsOfAKeyThatFillsPages() {
        String key = "k".repeat(1000);
        buckets.put(PRODUCTION, key, "1");
        buckets.server.faults().answer(Strike.always(S3Operation.COPY_OBJECT), 403, "AccessDenied", "no");

        assertThatThrownBy(() -> MediaSync.between(buckets.production(), buckets.staging(), MIRROR)
                        .run(Progress.NONE))
                .hasMessageContaining("(1000 characters)")
                .message()
                .hasSizeLessThan(1000);
    }

    /** A wrong address is named after one round of tries, not after four. */
    @Test
    void triesAServerThatHasNeverAnsweredOnlyBriefly() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket nobody = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread door = new Thread(() -> {
                while (true) {
                    try {
                        nobody.accept().close();
                        connections.incrementAndGet();
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            door.start();
            MediaStore store = elsewhere("http://127.0.0.1:" + nobody.getLocalPort());

            fails(Kind.UNAVAILABLE, "cannot be reached", () -> store.list(""));

            assertThat(connections.get()).isLessThan(10);
        }
    }

    @Test
    void saysWhyAServerCannotBeReached() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        MediaStore closed = elsewhere("http://127.0.0.1:" + port);
        MediaStore unknown = elsewhere("http://s3.us-region-1.invalid");

        fails(Kind.UNAVAILABLE, "(no connection)", () -> closed.list(""));
        fails(Kind.UNAVAILABLE, "(no such host)", () -> unknown.list(""));
    }

    private MediaStore elsewhere(String endpoint) {
        Map<String, String> variables = Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret");
        return Stores.open(new AwsModule(), variables, "s3://media?endpoint=" + endpoint);
    }

    private void through() {
        MediaSync.between(new Foreign(buckets.production()), limited(STAGING), MIRROR)
                .run(Progress.NONE);
    }

    private MediaObject inParts(MediaStore source) {
        return limited(STAGING).copy(source, source.list("large").next());
    }

    private MediaStore limited(String bucket) {
        return buckets.open("s3://" + bucket, AwsConfig.FIVE_MIB, null);
    }

    private static void fails(Kind kind, String part, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(part);
    }
}
