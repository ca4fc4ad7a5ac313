package dev.restage.aws;

import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Variables;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What S3 Batch Operations need beside what S3 needs.
 *
 * @param role the ARN of the role that jobs run with; null if none is named
 * @param bucket where manifests and reports lie, in the region of the target; null if none is named
 * @param endpoint where jobs are made, if not at Amazon
 */
record S3BatchSettings(
        @Nullable String role,
        @Nullable String bucket,
        @Nullable URI endpoint) {

    private static final Pattern ROLE = Pattern.compile("arn:[a-z-]+:iam::(\\d{12}):role/.+");

    static S3BatchSettings of(Address address, Variables variables) {
        Map<String, String> parameters = address.parameters();
        return new S3BatchSettings(
                Optional.ofNullable(parameters.get("batchRole"))
                        .or(() -> variables.find("RESTAGE_S3_BATCH_ROLE"))
                        .orElse(null),
                Optional.ofNullable(parameters.get("batchBucket"))
                        .or(() -> variables.find("RESTAGE_S3_BATCH_BUCKET"))
                        .orElse(null),
                variables.find("AWS_ENDPOINT_URL_S3_CONTROL").map(URI::create).orElse(null));
    }

    /** The number of the account that makes the jobs, which is the role's. */
    String account() {
        Matcher matcher = ROLE.matcher(String.valueOf(role));
        if (!matcher.matches()) {
            throw new IllegalStateException("checked by complete()");
        }
        return matcher.group(1);
    }

    /** Throws {@code UNSUPPORTED} if something is missing. */
    void check(S3Location target) {
        if (role == null || bucket == null) {
            throw unsupported(
                    target,
                    "%s missing: add batchRole=arn:aws:iam::<account>:role/<name> and batchBucket=<bucket for manifests and reports> to the address, or set RESTAGE_S3_BATCH_ROLE and RESTAGE_S3_BATCH_BUCKET"
                            .formatted(
                                    role == null && bucket == null
                                            ? "role and bucket are"
                                            : role == null ? "the role is" : "the bucket is"));
        }
        if (!ROLE.matcher(role).matches()) {
            throw unsupported(target, "\"%s\" is no role; write arn:aws:iam::<account>:role/<name>".formatted(role));
        }
        if (bucket.equals(target.bucket()) && S3Batch.FOLDER.startsWith(target.prefix())) {
            throw unsupported(
                    target, "manifests and reports would lie among the media; name another bucket as batchBucket");
        }
    }

    static ProviderException unsupported(S3Location target, String why) {
        return new ProviderException(
                ProviderException.Kind.UNSUPPORTED,
                "S3 Batch Operations cannot copy to %s: %s".formatted(target, why),
                ProviderException.Effect.NONE,
                null);
    }
}
