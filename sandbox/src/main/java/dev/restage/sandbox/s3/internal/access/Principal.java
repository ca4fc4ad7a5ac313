package dev.restage.sandbox.s3.internal.access;

import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.model.Grant;
import java.util.List;

/** Who asks. */
public record Principal(String user, List<Grant> grants) {

    public boolean may(String action, String resource) {
        return grants.stream().anyMatch(grant -> grant.allows(action, resource));
    }

    /** Refuses in the words of S3. */
    public void check(String action, String bucket, String key) {
        if (!may(action, bucket)) {
            throw denied(action, "arn:aws:s3:::" + bucket + (key.isEmpty() ? "" : "/" + key));
        }
    }

    public void checkKms(String action, String kmsKey) {
        if (!may(action, kmsKey)) {
            throw denied(action, "arn:aws:kms:us-east-1:%s:key/%s".formatted(Account.ID, kmsKey));
        }
    }

    private S3Error denied(String action, String arn) {
        return S3Error.denied(
                "User: arn:aws:iam::%s:user/%s is not authorized to perform: %s on resource: \"%s\" because no identity-based policy allows the %s action"
                        .formatted(Account.ID, user, action, arn, action));
    }
}
