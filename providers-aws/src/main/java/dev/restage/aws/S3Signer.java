package dev.restage.aws;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Signs what other servers than Amazon's understand: content that passes through is sent as it is, with an unsigned
 * payload, and all else with the hash of its body. The SDK would frame content in signed chunks and call that an encoding,
 * which such servers keep as the object's, or refuse (Ceph 16: for empty objects). That content arrives whole is proved
 * by its ETag.
 */
record S3Signer(AwsV4HttpSigner usual, boolean amazon) implements AwsV4HttpSigner, AwsV4AuthScheme {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    static S3Signer of(AwsConfig config) {
        return new S3Signer(AwsV4HttpSigner.create(), config.isAmazon());
    }

    @Override
    public String schemeId() {
        return SCHEME_ID;
    }

    @Override
    public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
        return providers.identityProvider(AwsCredentialsIdentity.class);
    }

    @Override
    public AwsV4HttpSigner signer() {
        return this;
    }

    /** Amazon's own takes the SDK's framing, which guards each chunk. */
    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
        return amazon ? usual.sign(request) : signedPlainly(request);
    }

    private <T extends AwsCredentialsIdentity> SignedRequest signedPlainly(SignRequest<T> request) {
        SignRequest.Builder<T> plain = request.toBuilder().putProperty(CHUNK_ENCODING_ENABLED, false);
        SdkHttpRequest sent = request.request();
        if (!isPassedOn(sent)) {
            return usual.sign(plain.putProperty(PAYLOAD_SIGNING_ENABLED, true).build());
        }
        // The SDK insists on the hash of the content where the connection is not encrypted, and would read it twice.
        SdkHttpRequest encrypted = sent.toBuilder()
                .protocol("https")
                .port(sent.port() == HTTP_PORT ? HTTPS_PORT : sent.port())
                .build();
        SignedRequest signed = usual.sign(plain.request(encrypted)
                .putProperty(PAYLOAD_SIGNING_ENABLED, false)
                .build());
        return signed.toBuilder()
                .request(signed.request().toBuilder()
                        .protocol(sent.protocol())
                        .port(sent.port())
                        .build())
                .build();
    }

    /** PutObject and UploadPart, unless there is nothing to send. */
    private static boolean isPassedOn(SdkHttpRequest request) {
        return request.method() == SdkHttpMethod.PUT
                && (request.rawQueryParameters().isEmpty()
                        || request.rawQueryParameters().containsKey("partNumber"))
                && !request.firstMatchingHeader("Content-Length").orElse("0").equals("0");
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
        return usual.signAsync(request);
    }
}
