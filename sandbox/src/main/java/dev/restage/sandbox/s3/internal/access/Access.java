package dev.restage.sandbox.s3.internal.access;

import dev.restage.provider.Secret;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Request;
import dev.restage.sandbox.s3.model.Grant;
import dev.restage.sandbox.s3.model.S3Key;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The keys that the server knows. */
public final class Access {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** Makes a key pair. */
    public S3Key add(String user, List<Grant> grants) {
        S3Key key =
                new S3Key("AKIASANDBOX" + random(5).substring(1).toUpperCase(Locale.ROOT), Secret.of(random(16)), user);
        known.put(key.id(), new Known(key, new Principal(user, List.copyOf(grants))));
        return key;
    }

    /** {@return who asks, with the request as it was meant} */
    public Caller admit(S3Request request) {
        Signature signature = Signature.of(request);
        Known sender = known.get(signature.keyId());
        if (sender == null) {
            throw new S3Error(
                            403,
                            "InvalidAccessKeyId",
                            "The AWS Access Key Id you provided does not exist in our records.")
                    .detail("AWSAccessKeyId", signature.keyId());
        }
        String secret = sender.key().secret().reveal();
        String payload = request.header("x-amz-content-sha256")
                .or(() -> request.parameter("X-Amz-Signature").map(presigned -> "UNSIGNED-PAYLOAD"))
                .orElseThrow(() -> S3Error.invalid("Missing required header for this request: x-amz-content-sha256"));
        signature.check(request, secret, payload);
        SentPayload content = SentPayload.of(request, signature, secret, payload);
        return new Caller(
                sender.principal(), signature.region(), request.withBody(content.content()), content.trailers());
    }

    private record Known(S3Key key, Principal principal) {}

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
