package dev.restage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    private static final Environment FULL = Environment.staging("stage")
            .app("app:acme")
            .database("db:acme")
            .media("store:acme")
            .cache("cache:one")
            .cache("cache:two")
            .code("code:acme#staging")
            .web("site:acme")
            .also("store:documents")
            .apart("db:reports")
            .build();

    @Test
    void listsTheAddressesOfAllItsResourcesAndNotWhatIsApart() {
        assertThat(FULL.addresses())
                .extracting(Address::toString)
                .containsExactly(
                        "app:acme",
                        "cache:one",
                        "cache:two",
                        "code:acme#staging",
                        "db:acme",
                        "site:acme",
                        "store:acme",
                        "store:documents");
        assertThat(FULL.apart()).containsExactly(Address.of("db:reports"));
    }

    @Test
    void anEmptyOneListsNothing() {
        assertThat(Environment.local("mine").build().addresses()).isEmpty();
    }

    @Test
    void hasTheRoleThatItIsMadeWith() {
        assertThat(Environment.production("p").build().role()).isEqualTo(Role.PRODUCTION);
        assertThat(Environment.staging("s").build().role()).isEqualTo(Role.STAGING);
        assertThat(Environment.local("l").build().role()).isEqualTo(Role.LOCAL);
    }

    @Test
    void insistsOnAnAddressAndSaysHowToAddIt() {
        assertThat(FULL.require(FULL.database(), "database")).isEqualTo(Address.of("db:acme"));
        assertThatThrownBy(() -> Environment.local("mine").build().require(null, "media"))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "the environment mine has no media address: add .media(\"…\") where it is made, or leave out the phases that need it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "acme", ":acme", "db:", "DB:acme", "db://me:secret@host/acme"})
    void refusesWhatIsNoAddressWhereItIsWritten(String address) {
        assertThatThrownBy(() -> Environment.staging("s").database(address))
                .isInstanceOf(RuntimeException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void theLastDatabaseCountsAndCachesAddUp() {
        Environment environment = Environment.staging("s")
                .database("db:one")
                .database("db:two")
                .cache("cache:one")
                .cache("cache:one")
                .build();

        assertThat(environment.database()).isEqualTo(Address.of("db:two"));
        assertThat(environment.caches()).hasSize(2);
        assertThat(environment.addresses()).hasSize(2);
    }

    @Test
    void aBuilderThatGoesOnChangesNothingThatWasBuilt() {
        Environment.Builder builder = Environment.staging("s").cache("cache:one");
        Environment first = builder.build();

        builder.cache("cache:two").also("db:x").apart("db:y");

        assertThat(first.caches()).hasSize(1);
        assertThat(first.others()).isEmpty();
        assertThat(first.apart()).isEmpty();
    }

    @Test
    void keepsItsListsWhateverBecomesOfThem() {
        List<Address> caches = new ArrayList<>(List.of(Address.of("cache:one")));
        Environment environment =
                new Environment("s", Role.STAGING, null, null, null, caches, null, null, List.of(), List.of());

        caches.clear();

        assertThat(environment.caches()).hasSize(1);
        assertThatThrownBy(() -> environment.caches().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
