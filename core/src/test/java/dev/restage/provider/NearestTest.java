package dev.restage.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> SCHEMES =
            List.of("postgres", "postgresql", "heroku-postgres", "heroku", "s3", "redis", "rediss", "https");

    @ParameterizedTest
    @CsvSource({
        "postgers, postgres",
        "postgre, postgres",
        "postgresqll, postgresql",
        "herouk, heroku",
        "heroku-postgre, heroku-postgres",
        "s4, s3",
        "htps, https",
        "HEROKU, heroku",
        "edis, redis"
    })
    void findsWhatWasMeant(String written, String meant) {
        assertThat(Nearest.to(written, SCHEMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"mongodb", "jdbc", "gs", "x"})
    void saysNothingWhereNothingIsNear(String written) {
        assertThat(Nearest.to(written, SCHEMES)).isEmpty();
    }

    @Test
    void takesTheFirstOfTwoThatAreAsNear() {
        assertThat(Nearest.to("cat", List.of("hat", "bat"))).contains("bat");
    }
}
