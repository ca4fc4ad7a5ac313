package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a CHECK refuses what a mask makes, the preview names a mask that the server lets pass, if there is one. */
class PassingMasksTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ada@acme.test | CHECK (a ~ '^[^@[:space:]]+@[^@[:space:]]+$') NOT NULL                 | email, which it lets pass
            07700 900123  | CHECK (a ~ '^[+]?[0-9 ]+$') NOT NULL                                   | phone, which it lets pass
            Ada King      | CHECK (a ~ '^[[:upper:]][[:lower:]]+ [[:upper:]][[:alpha:]]+$') NOT NULL | full-name, which it lets pass
            Ada King      | CHECK (length(a) < 9 AND a LIKE 'Ada%')                               | null, which it lets pass
            Ada King      | CHECK (a = 'Ada King') NOT NULL                                       | another
            Ada King      | CHECK (length(a) < 9) CHECK (a LIKE '% %') NOT NULL                   | free-text, which it lets pass
            """)
    void isNamed(String value, String column, String named) throws SQLException {
        TestDatabases databases = new TestDatabases(home);
        PostgresDatabase source = databases.holding(
                "CREATE TABLE t (id int, a text %s)".formatted(column),
                "INSERT INTO t VALUES (1, '%s')".formatted(value));
        MaskingPolicy policy = MaskingPolicy.builder()
                .mask("t", "a", Mask.constant("a constant of nobody"))
                .build();

        assertThat(databases
                        .empty()
                        .checkCopy(source, new CopyOptions(policy, Secret.of("key")))
                        .problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem)
                        .startsWith("public.t.a: the mask constant makes values that the check ")
                        .endsWith(" refuses; choose %s, or keep the column".formatted(named)));
    }
}
