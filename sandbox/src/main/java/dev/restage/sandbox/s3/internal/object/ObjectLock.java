package dev.restage.sandbox.s3.internal.object;

import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.model.BucketSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Until when a version may not be deleted.
 *
 * @param mode {@code GOVERNANCE} or {@code COMPLIANCE}; null without a date
 * @param until the end of the retention; null without one
 * @param legalHold whether it may not be deleted until somebody says so
 */
public record ObjectLock(@Nullable String mode, @Nullable Instant until, boolean legalHold) {

    public static final ObjectLock NONE = new ObjectLock(null, null, false);

    static ObjectLock asked(Caller caller, BucketSettings settings) {
        Optional<String> until = caller.header("x-amz-object-lock-retain-until-date");
        Optional<String> mode = caller.header("x-amz-object-lock-mode");
        boolean hold =
                caller.header("x-amz-object-lock-legal-hold").orElse("OFF").equals("ON");
        if (!settings.objectLock()) {
            if (until.isPresent() || hold) {
                throw S3Error.invalid("Bucket is missing ObjectLockConfiguration");
            }
            return NONE;
        }
        if (until.isPresent() != mode.isPresent()) {
            throw S3Error.argument(
                    "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
                    "x-amz-object-lock-mode",
                    mode.orElse("null"));
        }
        if (until.isPresent()) {
            return new ObjectLock(mode.orElse(null), instant(until.get()), hold);
        }
        Duration retention = settings.retention();
        return retention.isZero()
                ? new ObjectLock(null, null, hold)
                : new ObjectLock("GOVERNANCE", Instant.now().plus(retention).truncatedTo(ChronoUnit.SECONDS), hold);
    }

    public static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw S3Error.argument("The retain until date is not a date", "RetainUntilDate", text);
        }
    }

    /** Refuses to delete what is locked. */
    public void check(Caller caller) {
        boolean bypass =
                caller.header("x-amz-bypass-governance-retention").orElse("").equals("true");
        boolean retained = until != null && until.isAfter(Instant.now()) && !(bypass && "GOVERNANCE".equals(mode));
        if (legalHold || retained) {
            throw S3Error.denied("Access Denied because object protected by object lock.");
        }
    }

    public void describe(S3Response response) {
        if (until != null) {
            response.header("x-amz-object-lock-mode", mode)
                    .header("x-amz-object-lock-retain-until-date", until.toString());
        }
        if (legalHold) {
            response.header("x-amz-object-lock-legal-hold", "ON");
        }
    }
}
