package dev.restage.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.Restage;
import dev.restage.provider.CachePurger;
import dev.restage.provider.PlanException;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.PurgeScope;
import dev.restage.sandbox.vendor.CloudflareStandIn;
import dev.restage.sandbox.vendor.Purge;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloudflareCachePurgerTest {

    private static final String TOKEN = "a-token-of-the-test";
    private static final String HOST = "staging.acme.example";

    private final CloudflareStandIn cloudflare = new CloudflareStandIn(TOKEN);
    private final String zone = cloudflare.addZone("acme.example");
    private final Restage restage = restage(TOKEN);

    @AfterEach
    void stop() {
        restage.close();
        cloudflare.close();
    }

    @Test
    void everythingOfAHostIsThatHostAndNotTheZone() {
        open("/" + HOST).purge(PurgeScope.everything(), Progress.NONE);

        assertThat(purged()).containsExactly("hosts [" + HOST + "]");
    }

    @Test
    void everythingOfAZoneIsTheZone() {
        open("").purge(PurgeScope.everything(), Progress.NONE);

        assertThat(cloudflare.purges())
                .singleElement()
                .returns(zone, Purge::zone)
                .returns("purge_everything", Purge::kind);
    }

    @Test
    void moreUrlsThanOneCallTakesGoInSeveral() {
        List<String> urls = IntStream.range(0, CloudflareCachePurger.URLS_PER_CALL + 1)
                .mapToObj(i -> "https://" + HOST + "/" + i)
                .toList();

        open("/" + HOST).purge(PurgeScope.urls(urls), Progress.NONE);

        assertThat(cloudflare.purges())
                .extracting(purge -> purge.values().size())
                .containsExactly(CloudflareCachePurger.URLS_PER_CALL, 1);
    }

    @Test
    void aPrefixLosesItsScheme() {
        open("/" + HOST).purge(PurgeScope.prefix("https://" + HOST + "/news"), Progress.NONE);

        assertThat(purged()).containsExactly("prefixes [" + HOST + "/news]");
    }

    @Test
    void nothingOutsideOfTheHostIsPurged() {
        for (PurgeScope scope : List.of(
                PurgeScope.host("www.acme.example"),
                PurgeScope.urls(List.of("https://www.acme.example/")),
                PurgeScope.prefix("www.acme.example/news"))) {
            assertThatThrownBy(() -> open("/" + HOST).purge(scope, Progress.NONE))
                    .hasMessageContaining("outside of the host " + HOST)
                    .asInstanceOf(type(ProviderException.class))
                    .returns(Kind.UNSUPPORTED, ProviderException::kind);
        }
        assertThat(cloudflare.requests()).isEmpty();
    }

    @Test
    void aWrongTokenIsDeniedAndNotShown() {
        try (Restage stranger = restage("another-token-of-the-test")) {
            CachePurger purger = stranger.open("cloudflare:zone/" + zone, CachePurger.class);

            assertThatThrownBy(() -> purger.purge(PurgeScope.everything(), Progress.NONE))
                    .hasMessageNotContaining("another-token-of-the-test")
                    .asInstanceOf(type(ProviderException.class))
                    .returns(Kind.DENIED, ProviderException::kind);
        }
        assertThat(cloudflare.purges()).isEmpty();
    }

    @Test
    void aMissingTokenStopsOnlyWhoNeedsIt() {
        try (Restage bare = Restage.builder().variables(Map.of()).build()) {
            assertThatThrownBy(() -> bare.open("cloudflare:zone/" + zone, CachePurger.class))
                    .hasMessageContaining("CLOUDFLARE_API_TOKEN");
        }
    }

    @Test
    void aZoneIsNamedByItsId() {
        assertThatThrownBy(() -> restage.open("cloudflare:acme.example", CachePurger.class))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("cloudflare:zone/<zone id");
    }

    @Test
    void aHostAndItsZoneOverlapAndTwoHostsDoNot() {
        assertThat(open("").identity().overlaps(open("/" + HOST).identity())).isTrue();
        assertThat(open("/www.acme.example")
                        .identity()
                        .overlaps(open("/" + HOST).identity()))
                .isFalse();
    }

    private CachePurger open(String host) {
        return restage.open("cloudflare:zone/" + zone + host, CachePurger.class);
    }

    private List<String> purged() {
        return cloudflare.purges().stream()
                .map(purge -> purge.kind() + " " + purge.values())
                .toList();
    }

    private Restage restage(String token) {
        return Restage.builder()
                .variables(
                        Map.of("CLOUDFLARE_API_URL", cloudflare.endpoint().toString(), "CLOUDFLARE_API_TOKEN", token))
                .build();
    }
}
