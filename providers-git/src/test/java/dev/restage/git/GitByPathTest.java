package dev.restage.git;

import dev.restage.provider.Address;
import dev.restage.provider.Variables;
import dev.restage.provider.code.GitHost;
import dev.restage.testkit.BareRepository;
import dev.restage.testkit.GitHostContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class GitByPathTest extends GitHostContract {

    @TempDir
    Path folder;

    private BareRepository server;

    @BeforeEach
    void create() {
        server = BareRepository.create(folder.resolve("server.git"));
    }

    @Override
    protected BareRepository server() {
        return server;
    }

    @Override
    protected GitHost host(String branch) {
        Variables variables =
                Variables.of(Map.of("RESTAGE_HOME", folder.resolve("home").toString()));
        return (GitHost)
                new GitModule().git(variables, Set.of()).open(Address.of("git:" + server.directory() + "#" + branch));
    }
}
