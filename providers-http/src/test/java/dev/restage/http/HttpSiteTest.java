package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.Address;
import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import dev.restage.provider.app.WebPage;
import dev.restage.provider.app.WebSite;
import java.io.IOException;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSiteTest {

    @AutoClose
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @Test
    void readsAPageWithWhatItSaysOfItself() throws InterruptedException {
        server.enqueue(new MockResponse.Builder()
                .code(404)
                .addHeader("X-Cache", "MISS")
                .addHeader("Vary", "Cookie")
                .addHeader("Vary", "Accept")
                .body("not here: ä")
                .build());

        WebPage page = site("").get("/about/?a=b");

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.headers()).containsEntry("x-cache", "MISS").containsEntry("vary", "Cookie, Accept");
        assertThat(page.body()).isEqualTo("not here: ä");
        assertThat(page.url()).hasPath("/about/").hasQuery("a=b");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/about/?a=b");
    }

    @Test
    void aRedirectIsAnAnswerAndIsNotFollowed() {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "https://www.acme.example/")
                .build());

        WebPage page = site("").get("/");

        assertThat(page.status()).isEqualTo(302);
        assertThat(page.headers()).containsEntry("location", "https://www.acme.example/");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void passesAPasswordPromptByTheVariableOfTheAddress() throws InterruptedException {
        server.enqueue(new MockResponse.Builder().body("hello").build());

        site("?basicAuthVariable=SITE_LOGIN", "SITE_LOGIN", "ada:pass:word").get("/");

        // printf 'ada:pass:word' | base64
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Basic YWRhOnBhc3M6d29yZA==");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ada:"})
    void refusesALoginThatIsNone(String login) {
        assertThatThrownBy(() -> site("?basicAuthVariable=SITE_LOGIN", "SITE_LOGIN", login))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the variable SITE_LOGIN must hold user:password");
    }

    @Test
    void asksForTheVariableThatTheAddressNames() {
        assertThatThrownBy(() -> site("?basicAuthVariable=SITE_LOGIN"))
                .hasMessageContaining("SITE_LOGIN")
                .hasMessageContaining("to pass the password prompt of");
    }

    @Test
    void repeatsACallWhoseConnectionHadEnded() {
        server.enqueue(new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(new MockResponse.Builder().body("hello").build());

        assertThat(site("").get("/").body()).isEqualTo("hello");
    }

    @Test
    void aSiteThatDoesNotAnswerTwiceIsNamedWithoutItsPath() throws IOException {
        try (WebSite site = site("")) {
            server.close();

            assertThatThrownBy(() -> site.get("/reset/s3cret"))
                    .hasMessageContaining("check that the site runs and that its name leads there")
                    .hasMessageNotContaining("s3cret")
                    .satisfies(e -> assertThat(e)
                            .cause()
                            .satisfies(
                                    second -> assertThat(second.getSuppressed()).hasSize(1)))
                    .asInstanceOf(type(ProviderException.class))
                    .returns(Kind.UNAVAILABLE, ProviderException::kind);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//other.example/", "https://other.example/x", "http://127.0.0.1:1/"})
    void readsNoPageOfAnotherSite(String path) {
        assertThatThrownBy(() -> site("").get(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a page of https site");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void isKnownByHostAndPortWhateverItsPath() {
        assertThat(open("https://Staging.Acme.example/").identity())
                .isEqualTo(open("https://staging.acme.example:443/blog/").identity())
                .isEqualTo(Identity.host("staging.acme.example").part("443"));
        assertThat(open("http://staging.acme.example/").identity())
                .isNotEqualTo(open("https://staging.acme.example/").identity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https:staging.acme.example", "https://", "https:///x", "https://ada@acme.example/"})
    void refusesWhatIsNoAddressOfASite(String address) {
        assertThatThrownBy(() -> open(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write https://host/");
    }

    private WebSite site(String parameters, String... variables) {
        return open("http://127.0.0.1:" + server.getPort() + "/" + parameters, variables);
    }

    private static WebSite open(String text, String... variables) {
        Address address = Address.of(text);
        Variables all = Variables.of(variables.length == 0 ? Map.of() : Map.of(variables[0], variables[1]));
        HttpModule module = new HttpModule();
        ResourceFactory sites =
                address.scheme().equals(HttpModule.HTTPS) ? module.sitesWithTls(all) : module.sitesWithout(all);
        return (WebSite) sites.open(address);
    }
}
