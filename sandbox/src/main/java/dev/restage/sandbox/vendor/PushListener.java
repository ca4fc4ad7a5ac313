package dev.restage.sandbox.vendor;

import java.nio.file.Path;

/** Is told of every branch that moves in one of the sandbox's repositories. */
public interface PushListener {

    /**
     * Hears of a moved branch. Returns at once; what follows from the push happens later.
     *
     * @param repository the directory of the bare repository
     * @param ref the full name, {@code refs/heads/main}
     * @param commit the new commit, 40 hexadecimal digits; all zero when the branch was deleted
     */
    void onPush(Path repository, String ref, String commit);
}
