package dev.restage.testkit;

import dev.restage.provider.code.GitHost;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A host that keeps every promise passes. */
class LocalGitHostTest extends GitHostContract {

    @TempDir
    private Path folder;

    private BareRepository server = BareRepository.at(Path.of("none"));

    @BeforeEach
    void create() {
        server = BareRepository.create(folder.resolve("site.git"));
    }

    @Override
    protected BareRepository server() {
        return server;
    }

    @Override
    protected GitHost host(String branch) {
        return new LocalGitHost(server, branch);
    }
}
