package dev.restage.http;

import java.time.Duration;

/**
 * How often a call is made that fails briefly, and how long to wait in between. A call that is not safe to repeat is
 * repeated only when the vendor has refused it because of a rate limit.
 *
 * @param attempts how often a call is made at most, at least 1
 * @param firstPause how long to wait before the second attempt; doubled before each further one, with jitter
 * @param longestPause the longest that one pause may last, also when the vendor asks for more
 */
public record Retry(int attempts, Duration firstPause, Duration longestPause) {

    private static final Retry NONE = new Retry(1, Duration.ZERO, Duration.ZERO);

    /** Its 75 seconds are enough for GitHub's secondary limit, which asks for 60 and more. */
    private static final Retry STANDARD = new Retry(5, Duration.ofMillis(400), Duration.ofSeconds(75));

    /**
     * Checks the figures.
     *
     * @param attempts how often a call is made at most, at least 1
     * @param firstPause how long to wait before the second attempt
     * @param longestPause the longest that one pause may last
     */
    public Retry {
        if (attempts < 1 || firstPause.isNegative() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "no way to retry: %d attempts, pauses from %s to %s".formatted(attempts, firstPause, longestPause));
        }
    }

    /** {@return one attempt} */
    public static Retry none() {
        return NONE;
    }

    /** {@return five attempts within about ten seconds, or as the vendor asks, up to 75 seconds each} */
    public static Retry standard() {
        return STANDARD;
    }

    /**
     * The pause after an attempt when the vendor does not say: between half and all of the doubled first pause, so that
     * clients which failed together do not come back together.
     */
    Duration pauseAfter(int attempt, double random) {
        double doubled = firstPause.toMillis() * Math.pow(2, attempt - 1.0);
        return Duration.ofMillis((long) Math.min((double) longestPause.toMillis(), doubled * (0.5 + random / 2)));
    }
}
