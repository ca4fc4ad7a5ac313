package dev.restage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.Address;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An address of Redis names the databases that are meant, and not two things at once. */
class RedisAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://host|0",
                "redis://host/|0",
                "redis://host:6379/3|3",
                "redis://host?databases=2,1|1,2",
                "redis://host/1?databases=0,1|0,1"
            })
    void namesItsDatabases(String address, String databases) {
        assertThat(location(address).databases())
                .isEqualTo(List.of(databases.split(",")).stream()
                        .map(Integer::valueOf)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://host/0?databases=1",
                "redis://host/2?databases=0,1",
                "rediss://host/0?databases=10",
                "redis://host/0/1",
                "redis://host/cache",
                "redis://host/01",
                "redis://host/-1",
                "redis://host?databases=0,,1",
                "redis://host?databases=0,0",
                "redis://host?databases=0, 1",
                "redis://host?databases=00",
                "redis://host?databases=12345",
                "redis://host:0/0",
                "redis://host:70000/0"
            })
    void refusesAnAddressThatSaysTwoThingsOrNone(String address) {
        assertThatThrownBy(() -> location(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host");
    }

    @Test
    void theAddressComesBeforeTheUrlInAVariableThatSomebodyElseHasSet() {
        Secret url = Secret.of("redis://:s3cret@host/0");

        assertThat(RedisLocation.of(Address.of("redis-url:CACHE?databases=1"), url, "the variable CACHE")
                        .databases())
                .containsExactly(1);
        assertThat(RedisLocation.of(Address.of("redis-url:CACHE"), url, "the variable CACHE")
                        .databases())
                .containsExactly(0);
    }

    @Test
    void saysNothingOfTheUrlInAVariableWhenItDoesNotFit() {
        Secret url = Secret.of("redis://:s3cret@host/zero");

        assertThatThrownBy(() -> RedisLocation.of(Address.of("redis-url:CACHE"), url, "the variable CACHE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redis-url:CACHE")
                .hasMessageNotContaining("s3cret");
    }

    private static RedisLocation location(String address) {
        return RedisLocation.of(Address.of(address), Variables.of(Map.of()));
    }
}
