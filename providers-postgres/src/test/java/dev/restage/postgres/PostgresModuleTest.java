package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.Address;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresModuleTest {

    private final ResourceFactory databases = new PostgresModule().databases(Variables.of(Map.of()));

    @ParameterizedTest
    @ValueSource(strings = {"10GB", "512MB"})
    void takesACapacityAsPriceListsWriteIt(String capacity) {
        assertThat(databases.open(Address.of("postgres://host/db?capacity=" + capacity)))
                .hasToString("db on host:5432");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "10TB", "0GB", "lots"})
    void refusesACapacityThatSaysNothing(String capacity) {
        assertThatThrownBy(() -> databases.open(Address.of("postgres://host/db?capacity=" + capacity)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("capacity");
    }

    @Test
    void needsNoCapacity() {
        assertThat(databases.open(Address.of("postgres://host/db"))).hasToString("db on host:5432");
    }
}
