package dev.restage.postgres;

import dev.restage.provider.Register;
import dev.restage.testkit.RegisterContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;

/** The register beside a database, written by its owner, who is nobody special. */
@Timeout(60)
class PostgresRegisterTest extends RegisterContract {

    private final PostgresDatabase database = new TestDatabases(Path.of("unused")).empty();

    @Override
    protected Register register() {
        return database.register();
    }
}
