package dev.restage.examples;

import dev.restage.sandbox.Sandbox;
import java.io.IOException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Looks into the sandbox's repository itself. */
final class Branches {

    private Branches() {}

    static String head(Sandbox sandbox, String branch) throws IOException {
        try (Repository repository = new FileRepositoryBuilder()
                .setGitDir(sandbox.git()
                        .repositoryDirectory(sandbox.site().repository())
                        .toFile())
                .build()) {
            return String.valueOf(repository.resolve("refs/heads/" + branch));
        }
    }
}
