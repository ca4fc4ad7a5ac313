package dev.restage.sandbox.s3;

import dev.restage.provider.Secret;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The keys that the server knows. */
final class Access {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Principal> principals = new ConcurrentHashMap<>();

    /** Makes a key pair. */
    S3Key add(String user, List<Grant> grants) {
        S3Key key =
                new S3Key("AKIASANDBOX" + random(5).substring(1).toUpperCase(Locale.ROOT), Secret.of(random(16)), user);
        principals.put(key.id(), new Principal(key, List.copyOf(grants)));
        return key;
    }

    void remove(String id) {
        principals.remove(id);
    }

    /** {@return who asks, with the request as it was meant} */
    Caller admit(S3Request request) {
        Signature signature = Signature.of(request);
        Principal principal = principals.get(signature.keyId());
        if (principal == null) {
            throw new S3Error(
                            403,
                            "InvalidAccessKeyId",
                            "The AWS Access Key Id you provided does not exist in our records.")
                    .detail("AWSAccessKeyId", signature.keyId());
        }
        String secret = principal.key().secret().reveal();
        String payload = request.header("x-amz-content-sha256")
                .or(() -> request.parameter("X-Amz-Signature").map(presigned -> "UNSIGNED-PAYLOAD"))
                .orElseThrow(() -> S3Error.invalid("Missing required header for this request: x-amz-content-sha256"));
        signature.check(request, secret, payload);
        SentPayload content = SentPayload.of(request, signature, secret, payload);
        return new Caller(principal, signature.region(), request.withBody(content.content()), content.trailers());
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
