package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTest {

    private final Retry retry = new Retry(5, Duration.ofMillis(400), Duration.ofSeconds(2));

    @ParameterizedTest
    @CsvSource({
        "1, 0.0, 200",
        "1, 1.0, 400",
        "2, 0.0, 400",
        "2, 1.0, 800",
        "3, 0.5, 1200",
        "4, 0.0, 1600",
        "4, 1.0, 2000",
        "9, 0.0, 2000",
        "99, 1.0, 2000"
    })
    void pausesGrowUpToTheLongestAndDifferBetweenClients(int attempt, double random, long millis) {
        assertThat(retry.pauseAfter(attempt, random)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"0, PT1S, PT2S", "-1, PT1S, PT2S", "1, PT-1S, PT2S", "1, PT3S, PT2S"})
    void refusesFiguresThatMakeNoSense(int attempts, Duration first, Duration longest) {
        assertThatThrownBy(() -> new Retry(attempts, first, longest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no way to retry: %d attempts, pauses from %s to %s", attempts, first, longest);
    }

    @Test
    void theUsualWayOutlastsGithubsSecondaryLimit() {
        assertThat(Retry.standard().longestPause()).isGreaterThan(Duration.ofSeconds(60));
        assertThat(Retry.standard().attempts()).isEqualTo(5);
        assertThat(Retry.none().attempts()).isEqualTo(1);
    }
}
