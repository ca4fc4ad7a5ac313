package dev.restage.heroku;

import dev.restage.http.Polling;
import java.time.Duration;

/**
 * How Heroku is waited for.
 *
 * @param polling how often something is looked at
 * @param patience how long work of somebody else that is in the way is waited for
 */
record Waits(Polling polling, Duration patience) {

    /**
     * Three seconds: the shortest interval that Heroku's client allows for transfers. Two hours: longer than a backup takes of the
     * 20 GB that backups of Heroku are meant for.
     */
    static final Waits STANDARD =
            new Waits(new Polling(Duration.ofMillis(250), Duration.ofSeconds(3)), Duration.ofHours(2));
}
