package dev.restage.hosted;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.restage.examples.ResetSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restage inside of an application on the versions of Quarkus. */
@QuarkusTest
class QuarkusHostTest {

    @TempDir
    Path folder;

    @Test
    void aPlanGoesToYamlIsPreviewedFailsAndIsResumed() throws Exception {
        assertTrue(new HostedReset(folder).run().succeeded());
    }

    @Test
    void aCompleteResetOfTheSandboxKeepsItsPromises() {
        ResetSandbox.main(new String[0]);
    }
}
