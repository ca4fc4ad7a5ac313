package dev.restage.sandbox.s3.internal.object;

import dev.restage.sandbox.s3.internal.access.Account;
import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.access.Principal;
import dev.restage.sandbox.s3.internal.http.Hashes;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.model.BucketSettings;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an object is encrypted. The bytes are not, but everything that a client can see of it is as if.
 *
 * @param algorithm {@code AES256} or {@code aws:kms}
 * @param kmsKey the KMS key's id; null without one
 * @param customerKeyMd5 the digest of the customer's key (SSE-C); null without one
 */
public record Encryption(
        String algorithm, @Nullable String kmsKey, @Nullable String customerKeyMd5) {

    public static final Encryption STANDARD = new Encryption("AES256", null, null);

    private static final String KMS = "aws:kms";
    private static final String SERVER = "x-amz-server-side-encryption";
    private static final String CUSTOMER = "-server-side-encryption-customer-";

    /** {@return how a bucket encrypts unless a request says otherwise} */
    public static Encryption of(BucketSettings settings) {
        String key = settings.kmsKey();
        return key == null ? STANDARD : kms(key);
    }

    static Encryption kms(String key) {
        return new Encryption(KMS, key, null);
    }

    /** {@return what a request asks for, else what the bucket does} */
    static Encryption asked(Caller caller, Encryption bucketDefault) {
        Optional<String> customerKey = customerKey(caller, "x-amz");
        if (customerKey.isPresent()) {
            return new Encryption("AES256", null, customerKey.get());
        }
        Optional<String> algorithm = caller.header(SERVER);
        if (algorithm.isEmpty()) {
            return bucketDefault;
        }
        if (algorithm.get().equals(KMS)) {
            String key = caller.header(SERVER + "-aws-kms-key-id").orElse("aws/s3");
            return kms(key.substring(key.lastIndexOf("key/") < 0 ? 0 : key.lastIndexOf("key/") + 4));
        }
        if (!algorithm.get().equals("AES256")) {
            throw S3Error.argument("The encryption method specified is not supported", SERVER, algorithm.get());
        }
        return STANDARD;
    }

    void checkWrite(Principal principal) {
        if (kmsKey != null) {
            principal.checkKms("kms:GenerateDataKey", kmsKey);
        }
    }

    /** Refuses a reader who has not the key: the right to use KMS's, or the customer's own. */
    public void checkRead(Caller caller, String headerPrefix) {
        if (kmsKey != null) {
            caller.principal().checkKms("kms:Decrypt", kmsKey);
        }
        Optional<String> customerKey = customerKey(caller, headerPrefix);
        if (customerKeyMd5 == null && customerKey.isPresent()) {
            throw S3Error.invalid("The encryption parameters are not applicable to this object.");
        }
        if (customerKeyMd5 != null && customerKey.isEmpty()) {
            throw S3Error.invalid(
                    "The object was stored using a form of Server Side Encryption. The correct parameters must be provided"
                            + " to retrieve the object.");
        }
        if (customerKeyMd5 != null && !customerKeyMd5.equals(customerKey.orElse(""))) {
            throw S3Error.denied("Access Denied");
        }
    }

    /** Whether the ETag is the MD5 of the content. */
    boolean showsMd5() {
        return kmsKey == null && customerKeyMd5 == null;
    }

    public void describe(S3Response response) {
        if (customerKeyMd5 != null) {
            response.header("x-amz-server-side-encryption-customer-algorithm", algorithm)
                    .header("x-amz-server-side-encryption-customer-key-MD5", customerKeyMd5);
            return;
        }
        response.header(SERVER, algorithm);
        if (kmsKey != null) {
            response.header(
                    SERVER + "-aws-kms-key-id", "arn:aws:kms:us-east-1:%s:key/%s".formatted(Account.ID, kmsKey));
        }
    }

    /** {@return the digest of the customer's key, checked against the key that came with it} */
    private static Optional<String> customerKey(Caller caller, String headerPrefix) {
        Optional<String> key = caller.header(headerPrefix + CUSTOMER + "key");
        if (key.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = decoded(key.get());
        String md5 = Base64.getEncoder().encodeToString(Hashes.digest("MD5", bytes));
        if (bytes.length != 32
                || !md5.equals(
                        caller.header(headerPrefix + CUSTOMER + "key-md5").orElse(""))) {
            throw S3Error.argument(
                    "The calculated MD5 hash of the key did not match the hash that was provided.",
                    headerPrefix + CUSTOMER + "key-MD5",
                    "null");
        }
        return Optional.of(md5);
    }

    private static byte[] decoded(String key) {
        try {
            return Base64.getDecoder().decode(key);
        } catch (IllegalArgumentException notBase64) {
            throw S3Error.argument("The secret key was invalid for the specified algorithm.", SERVER, "null");
        }
    }
}
