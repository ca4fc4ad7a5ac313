package dev.restage.sandbox.s3.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Asserts how S3 refuses, without a network between. */
public final class Refusing {

    private Refusing() {}

    /** Asserts that a call ends with an error of S3. */
    public static void assertRefused(String code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        S3Error.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    /** Asserts that a call ends with an error of S3 with its HTTP status. */
    public static void assertRefused(int status, String code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(S3Error.class, error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.status()).isEqualTo(status);
        });
    }
}
