package dev.restage.sandbox.server;

/** Told of what was pushed to a {@link GitServer}, as a deployment or a continuous integration service would be. */
@FunctionalInterface
public interface PushListener {

    /**
     * One reference has changed. Called before the push is answered, so a slow listener delays the pusher.
     *
     * @param repository the repository, {@code owner/name}
     * @param ref the reference, {@code refs/heads/main} for instance
     * @param newId the commit it points to now, 40 hex digits; all zeros when it was deleted
     */
    void onPush(String repository, String ref, String newId);
}
