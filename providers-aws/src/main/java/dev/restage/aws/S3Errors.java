package dev.restage.aws;

import com.google.common.base.Throwables;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in one sentence why S3 refused. */
record S3Errors(S3Location location, S3Access access) {

    /** The SDK tries three times, too few for a bucket that answers SlowDown while it repartitions. */
    private static final int ATTEMPTS = 4;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /**
     * For calls that nobody else tries again: listings and deletions. A server that has never answered is named at once:
     * its address may be wrong.
     */
    <T> T insisting(String doing, Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return during(doing, call);
            } catch (ProviderException e) {
                boolean brief = e.kind() == Kind.THROTTLED || (e.kind() == Kind.UNAVAILABLE && access.hasAnswered());
                if (!brief || attempt == ATTEMPTS) {
                    throw e;
                }
                pause(FIRST_PAUSE.multipliedBy(1L << attempt).dividedBy(2), e);
            }
        }
    }

    private static void pause(Duration time, ProviderException reason) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(time.toMillis() / 2, time.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    <T> T during(String doing, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw explained(doing, e);
        }
    }

    private ProviderException explained(String doing, SdkException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProviderException ours) {
                return ours;
            }
        }
        return failure instanceof AwsServiceException answer ? refused(doing, answer) : unreachable(doing, failure);
    }

    private ProviderException refused(String doing, AwsServiceException answer) {
        String code = answer.awsErrorDetails() == null
                ? ""
                : Objects.requireNonNullElse(answer.awsErrorDetails().errorCode(), "");
        int status = answer.statusCode();
        return switch (code) {
            case "NoSuchBucket" ->
                error(Kind.NOT_FOUND, doing, "there is no such bucket; correct the address or make the bucket", answer);
            case "NoSuchKey" -> error(Kind.NOT_FOUND, doing, "the object is gone", answer);
            case "InvalidAccessKeyId", "InvalidToken" ->
                error(
                        Kind.DENIED,
                        doing,
                        "the server does not know the key (%s); correct %s".formatted(code, keyName()),
                        answer);
            case "ExpiredToken" ->
                error(Kind.DENIED, doing, "the key has expired; renew %s".formatted(keyName()), answer);
            case "SignatureDoesNotMatch" -> error(Kind.DENIED, doing, mismatch(answer), answer);
            case "RequestTimeTooSkewed" ->
                error(
                        Kind.DENIED,
                        doing,
                        "the clocks of this machine and of the server differ too much; set the wrong one",
                        answer);
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                wrongRegion(doing, answer);
            case "InvalidObjectState" ->
                error(Kind.UNSUPPORTED, doing, "an object lies in an archive; restore it, or exclude it", answer);
            case "InvalidRequest", "InvalidEncryptionAlgorithmError" -> {
                // S3 has no code of its own for an object that is encrypted with a key of its owner.
                if (message(answer).contains("erver") && message(answer).contains("ncryption")) {
                    yield error(
                            Kind.UNSUPPORTED,
                            doing,
                            "the object is encrypted with a key that only its owner has (SSE-C); exclude it",
                            answer);
                }
                yield byStatus(doing, status, code, answer);
            }
            case "AccessControlListNotSupported" ->
                error(
                        Kind.UNSUPPORTED,
                        doing,
                        "the bucket takes no access lists, as its owner owns all objects; leave ACL out of what is kept",
                        answer);
            default -> byStatus(doing, status, code, answer);
        };
    }

    /** A secret with which other requests were taken is right. */
    private String mismatch(AwsServiceException answer) {
        return access.hasProved()
                ? ("the server takes this request for signed wrongly, although it takes others of the same key (%s,"
                                + " request id %s): it, or a proxy before it, reads the request otherwise than it was sent")
                        .formatted("SignatureDoesNotMatch", answer.requestId())
                : ("the signature is not what the server expects (SignatureDoesNotMatch): the secret of the key is wrong,"
                                + " or a proxy changes requests on their way; check %s")
                        .formatted(keyName());
    }

    private ProviderException byStatus(String doing, int status, String code, AwsServiceException answer) {
        if (status == 301) {
            return wrongRegion(doing, answer);
        }
        Kind kind = switch (status) {
            case 401, 403 -> Kind.DENIED;
            case 404 -> Kind.NOT_FOUND;
            case 409, 412 -> Kind.CONFLICT;
            case 405, 501 -> Kind.UNSUPPORTED;
            case 429, 503 -> Kind.THROTTLED;
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.FAILED;
        };
        String why = switch (kind) {
            case DENIED -> denied(answer);
            case NOT_FOUND -> "it is not there";
            case CONFLICT -> "the object has changed meanwhile; list it again";
            case THROTTLED -> "the server asks to slow down; run again with fewer parallel copies";
            case UNAVAILABLE -> "the server fails; run again later";
            case UNSUPPORTED, FAILED -> "the server refuses";
        };
        return error(kind, doing, "%s (%d %s, request id %s)".formatted(why, status, code, answer.requestId()), answer);
    }

    /** The server's own message names the right that is missing. */
    private String denied(AwsServiceException answer) {
        String message = message(answer);
        String hint = message.contains("Tagging")
                ? "grant it, or leave TAGS out of what is kept"
                : message.contains("kms:")
                        ? "grant it on the KMS key of the bucket"
                        : message.contains("Acl")
                                ? "grant it, or leave ACL out of what is kept"
                                : "grant the right, or use another key than %s".formatted(keyName());
        return "this key may not do it%s; %s"
                .formatted(message.isEmpty() ? "" : ", as the server says: \"" + message + "\"", hint);
    }

    private static String message(AwsServiceException answer) {
        return answer.awsErrorDetails() == null
                ? ""
                : Objects.requireNonNullElse(answer.awsErrorDetails().errorMessage(), "");
    }

    private ProviderException wrongRegion(String doing, AwsServiceException answer) {
        String region = access.config().region();
        String used = region == null ? "the region in use" : region;
        String actual = Optional.ofNullable(answer.awsErrorDetails())
                .map(details -> details.sdkHttpResponse())
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
                .orElse("<its region>");
        return error(
                Kind.UNSUPPORTED,
                doing,
                "the bucket is not in %s; write s3://%s/%s?region=%s"
                        .formatted(used, location.bucket(), location.prefix(), actual),
                answer);
    }

    private ProviderException unreachable(String doing, SdkException failure) {
        AwsConfig config = access.config();
        String text = String.valueOf(failure.getMessage());
        if (text.startsWith("Unable to load credentials")) {
            return error(
                    Kind.DENIED,
                    doing,
                    "no credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile",
                    failure);
        }
        if (text.startsWith("Unable to load region")) {
            return error(
                    Kind.DENIED, doing, "no region is set; set AWS_REGION or write ?region= in the address", failure);
        }
        return error(
                Kind.UNAVAILABLE,
                doing,
                "%s cannot be reached%s; check the address and the network, and run again"
                        .formatted(config.endpoint() == null ? "S3" : config.endpoint(), reason(failure)),
                failure);
    }

    private static String reason(SdkException failure) {
        for (Throwable cause : Throwables.getCausalChain(failure)) {
            if (cause instanceof UnknownHostException) {
                return " (no such host)";
            }
            if (cause instanceof SSLException) {
                return " (TLS: %s)".formatted(cause.getMessage());
            }
            if (cause instanceof SocketTimeoutException
                    || cause instanceof ApiCallTimeoutException
                    || cause instanceof ApiCallAttemptTimeoutException) {
                return " (no answer in time)";
            }
            if (cause instanceof ConnectException) {
                return " (no connection)";
            }
        }
        return "";
    }

    private String keyName() {
        AwsConfig.Key key = access.config().key();
        return key == null ? "the credentials of the AWS settings" : "the one with the id " + key.id();
    }

    private ProviderException error(Kind kind, String doing, String why, SdkException cause) {
        return new ProviderException(
                kind, "cannot %s of bucket %s (%s): %s".formatted(doing, location.bucket(), location, why), cause);
    }
}
