package dev.restage.postgres;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyOptions;
import java.util.Map;

/** A process that copies and is killed meanwhile. */
final class KilledCopy {

    static final CopyOptions MASKED = new CopyOptions(
            MaskingPolicy.builder()
                    .mask("*", "email", Mask.email("example.com"))
                    .build(),
            Secret.of("key"));

    /** Says it when the copy begins. */
    static final String BEGINS = "begins";

    private KilledCopy() {}

    /** Host, port, password variable's directory; then name, user and password of the source and of the target. */
    public static void main(String[] arguments) {
        PostgresDatabase source = database(arguments, 3);
        PostgresDatabase target = database(arguments, 6);
        System.out.println(BEGINS);
        target.copyFrom(source, MASKED, Progress.NONE);
    }

    private static PostgresDatabase database(String[] arguments, int from) {
        return PostgresDatabase.of(
                new ConnectionSpec(
                        arguments[0],
                        Integer.parseInt(arguments[1]),
                        arguments[from],
                        arguments[from + 1],
                        Secret.of(arguments[from + 2]),
                        "disable"),
                Variables.of(Map.of("RESTAGE_HOME", arguments[2])));
    }
}
