package dev.restage.postgres.internal.arrange;

import dev.restage.postgres.internal.content.Contents;

/**
 * Contents as a live target can take them.
 *
 * @param contents what is made there
 * @param path the search path under which its functions find what they name, as {@code SET search_path TO} takes it
 */
public record Arrangement(Contents contents, String path) {

    /**
     * Arranges contents that fit a target otherwise.
     *
     * @param path that of sessions in the source
     */
    public static Arrangement of(Contents contents, String path) {
        FunctionPaths paths = new FunctionPaths(LateChecks.of(contents), path);
        return new Arrangement(paths.arranged(), paths.path());
    }
}
