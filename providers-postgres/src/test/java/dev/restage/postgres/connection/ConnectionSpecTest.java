package dev.restage.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSpecTest {

    private static final Variables NONE = Variables.of(Map.of());

    @Test
    void anAddressNamesServerRoleAndDatabase() {
        ConnectionSpec spec = ConnectionSpec.of(Address.of("postgres://ada@db.acme.test:6432/site"), NONE);

        assertThat(spec)
                .isEqualTo(new ConnectionSpec("db.acme.test", 6432, "site", "ada", null, "prefer"))
                .hasToString("site on db.acme.test:6432");
    }

    @Test
    void whatAnAddressLeavesOutIsAsLibpqHasIt() {
        ConnectionSpec spec = ConnectionSpec.of(
                Address.of("postgresql://db/site"), Variables.of(Map.of("PGUSER", "ada", "PGPASSWORD", "s3cret")));

        assertThat(spec).isEqualTo(new ConnectionSpec("db", 5432, "site", "ada", Secret.of("s3cret"), "prefer"));
    }

    @Test
    void withoutPguserTheRoleIsThatOfWhoRunsThis() {
        assertThat(ConnectionSpec.of(Address.of("postgres://db/site"), NONE).user())
                .isEqualTo(System.getProperty("user.name"));
    }

    @Test
    void anAddressNamesTheVariableOfItsPassword() {
        Address address = Address.of("postgres://db/site?passwordVariable=SITE&sslmode=verify-full");

        ConnectionSpec spec = ConnectionSpec.of(address, Variables.of(Map.of("SITE", "own", "PGPASSWORD", "another")));

        assertThat(spec.password()).isEqualTo(Secret.of("own"));
        assertThat(spec.sslMode()).isEqualTo("verify-full");
        assertThatThrownBy(() -> ConnectionSpec.of(address, NONE)).hasMessageContaining("SITE");
    }

    @Test
    void encodedPartsOfAnAddressAreDecoded() {
        ConnectionSpec spec = ConnectionSpec.of(Address.of("postgres://a%20b@[::1]/my%20site+1"), NONE);

        assertThat(spec).isEqualTo(new ConnectionSpec("[::1]", 5432, "my site+1", "a b", null, "prefer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres:site",
                "postgres://db",
                "postgres://db/",
                "postgres:///site",
                "postgres://db/site/more",
                "postgres://db:0/site",
                "postgres://db:65536/site",
                "postgres://db:x/site",
                "postgres://db/my site",
                "postgres://db/100%"
            })
    void refusesAnAddressThatNamesNoDatabase(String address) {
        assertThatThrownBy(() -> ConnectionSpec.of(Address.of(address), NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "\"%s\" names no database of a server; write postgres://user@host:5432/database, with %%20 for a blank",
                        address);
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://u1:p4ss@ec2.example:5433/d1, ec2.example, 5433, d1, u1, p4ss, require",
        "postgresql://u1:p4ss@ec2.example/d1, ec2.example, 5432, d1, u1, p4ss, require",
        "postgres://u1:p%40ss+%2F@ec2.example/d1, ec2.example, 5432, d1, u1, p@ss+/, require",
        "postgres://u1:p?#ss@ec2.example/d1, ec2.example, 5432, d1, u1, p?#ss, require",
        "postgres://u1:p4ss@ec2.example/d1?a=b&sslmode=verify-full, ec2.example, 5432, d1, u1, p4ss, verify-full",
        "postgres://u1:p4ss@127.0.0.1:5433/d1, 127.0.0.1, 5433, d1, u1, p4ss, prefer",
        "postgres://u1:p4ss@localhost/d1?sslmode=disable, localhost, 5432, d1, u1, p4ss, disable"
    })
    void readsTheUrlThatAHostingCompanyPutsIntoAVariable(
            String url, String host, int port, String database, String user, String password, String sslMode) {
        assertThat(ConnectionSpec.of(Secret.of(url), "DATABASE_URL"))
                .isEqualTo(new ConnectionSpec(host, port, database, user, Secret.of(password), sslMode));
    }

    @Test
    void aUrlNeedsNoPassword() {
        assertThat(ConnectionSpec.of(Secret.of("postgres://u1@db/d1"), "X").password())
                .isNull();
        assertThat(ConnectionSpec.of(Secret.of("postgres://u1:@db/d1"), "X").password())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme",
                "mysql://u1:p4ss@db/d1",
                "postgres://db/p4ss",
                "postgres://u1:p4ss@db",
                "postgres://u1:p4ss@db:99999/d1",
                "postgres://u1:p4ss%@db/d1"
            })
    void refusesAnotherUrlWithoutShowingIt(String url) {
        assertThatThrownBy(() -> ConnectionSpec.of(Secret.of(url), "DATABASE_URL of the app acme"))
                .hasMessage("DATABASE_URL of the app acme holds no URL of a PostgreSQL database; name another")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.FAILED, ProviderException::kind);
    }

    @Test
    void noTextShowsThePassword() {
        ConnectionSpec spec = ConnectionSpec.of(Secret.of("postgres://u1:p4ss@db/d1"), "DATABASE_URL");

        assertThat(spec.inDatabase("other")).hasToString("other on db:5432");
        assertThat(spec).hasToString("d1 on db:5432");
        assertThat(DatabaseUrl.of("//u1:p4ss@db/d1").orElseThrow()).hasToString("//db:5432/d1");
    }
}
