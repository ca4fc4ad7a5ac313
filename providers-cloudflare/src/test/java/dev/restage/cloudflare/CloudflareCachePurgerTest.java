package dev.restage.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.Restage;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.PlanException;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.app.CachePurger;
import dev.restage.provider.app.PurgeScope;
import dev.restage.sandbox.vendor.cloudflare.CloudflareStandIn;
import dev.restage.sandbox.vendor.cloudflare.Purge;
import dev.restage.step.app.PurgeCache;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudflareCachePurgerTest {

    private static final String TOKEN = "a-token-of-the-test";
    private static final String DENIED =
            "{\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"Authentication error\"}],\"result\":null}";
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
            CachePurger purger = stranger.openToWrite("cloudflare:zone/" + zone, CachePurger.class);

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

    @ParameterizedTest
    @ValueSource(
            strings = {"https://www.acme.example/", "https://acme.example/", "https://WWW.shop.acme.example:8443/"})
    void aWholeZoneThatServesProductionsSiteIsRefusedAlthoughProductionListsNoCache(String site) {
        assertThatThrownBy(() -> restage.preview(purging("", site)))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining(
                        "would write to cloudflare:zone/" + zone + ", which is the same thing as " + site);
        assertThat(cloudflare.purges()).isEmpty();
    }

    @Test
    void theHostOfProductionIsRefusedAndThatOfStagingInTheSameZoneIsNot() {
        assertThatThrownBy(() -> restage.preview(purging("/www.acme.example", "https://www.acme.example/")))
                .isInstanceOf(GuardException.class);
        for (String site : List.of("https://www.acme.example/", "https://acme.example/", "https://x." + HOST + "/")) {
            assertThat(restage.preview(purging("/" + HOST, site)).identities()).isNotEmpty();
        }
    }

    @Test
    void aZoneOfStagingsOwnMayBePurgedAsAWhole(@TempDir Path home) {
        String own = cloudflare.addZone("acme-staging.example");
        ResetPlan plan = purgingZone("cloudflare:zone/" + own, "https://www.acme.example/");

        try (Restage one = restage(TOKEN, Map.of("RESTAGE_HOME", home.toString()))) {
            one.run(one.preview(plan));
        }

        assertThat(purged()).containsExactly("purge_everything []");
    }

    @Test
    void aHostOfProductionsListedZoneIsRefused() {
        Environment production = Environment.production("production")
                .cache("cloudflare:zone/" + zone)
                .build();

        assertThatThrownBy(() -> restage.preview(purging("cloudflare:zone/" + zone + "/" + HOST, production)))
                .isInstanceOf(GuardException.class);
    }

    @Test
    void aWholeZoneWhoseNameTheTokenMayNotReadIsRefusedInThePreviewAndItsHostIsNot() {
        cloudflare.faults().answer("GET */zones/*", 10, 403, DENIED);

        assertThatThrownBy(() -> restage.preview(purging("", "https://www.acme.example/")))
                .hasMessageContaining("so it may be production's too")
                .hasMessageContaining("cloudflare:zone/" + zone + "/<host>")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.DENIED, ProviderException::kind);
        assertThat(restage.preview(purging("/" + HOST, "https://www.acme.example/"))
                        .identities())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>log in</html>", "{\"success\":tr", "{}", "{\"success\":false,\"errors\":[]}", "null"})
    void aPageIsNoPurgeAndNoName(String body) {
        cloudflare.faults().answer("POST */purge_cache", 1, 200, body);
        assertThatThrownBy(() -> open("/" + HOST).purge(PurgeScope.everything(), Progress.NONE))
                .isInstanceOf(ProviderException.class);
        cloudflare.faults().answer("GET */zones/*", 1, 200, body);
        assertThatThrownBy(() -> open("").identity())
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("so it may be production's too");

        assertThat(cloudflare.purges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "1", "\"yes\"", "[true]", "{}", "null"})
    void whatIsNotPlainlyASuccessIsNone(String success) {
        String body =
                "{\"success\":%s,\"errors\":[],\"messages\":[],\"result\":{\"id\":\"%s\",\"name\":\"acme.example\"}}"
                        .formatted(success, zone);
        cloudflare.faults().answer("POST */purge_cache", 2, 200, body);
        assertThatThrownBy(() -> open("/" + HOST).purge(PurgeScope.everything(), Progress.NONE))
                .hasMessageContaining("\"success\"")
                .isInstanceOf(ProviderException.class);
        assertThatThrownBy(() -> open("/" + HOST).count(PurgeScope.everything()))
                .isInstanceOf(ProviderException.class);
        cloudflare.faults().answer("GET */zones/*", 1, 200, body);
        assertThatThrownBy(() -> open("").identity())
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("so it may be production's too");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme.example.",
                " acme.example",
                "acme.example ",
                "acme",
                "*.acme.example",
                "acme .example",
                "acme.example:443"
            })
    void aZoneWhoseNameIsNoHostsIsNotBelieved(String name) {
        cloudflare
                .faults()
                .answer(
                        "GET */zones/*",
                        1,
                        200,
                        "{\"success\":true,\"result\":{\"id\":\"%s\",\"name\":\"%s\"}}".formatted(zone, name));

        assertThatThrownBy(() -> open("").identity())
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("so it may be production's too");
    }

    @Test
    void theNameOfAnotherZoneIsNotBelieved() {
        cloudflare
                .faults()
                .answer(
                        "GET */zones/*",
                        1,
                        200,
                        "{\"success\":true,\"result\":{\"id\":\"%s\",\"name\":\"other.example\"}}"
                                .formatted("0".repeat(32)));

        assertThatThrownBy(() -> open("").identity())
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("does not name the zone that was asked for");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"success\":false}",
                "{\"success\":false,\"errors\":[]}",
                "{\"success\":false,\"errors\":[{}]}",
                "<html>"
            })
    void aRefusalThatDoesNotSayWhyIsNotTakenForTheRightToPurge(String body) {
        cloudflare.faults().answer("POST */purge_cache", 1, 400, body);

        assertThatThrownBy(() -> open("/" + HOST).count(PurgeScope.everything()))
                .isInstanceOf(ProviderException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "staging.acme.example:8443|staging.acme.example",
                "staging.acme.example.|staging.acme.example",
                "*.acme.example|acme.example",
                "staging.acme.example.:443|staging.acme.example",
                "bücher.example|xn--bcher-kva.example",
                "staging acme.example|",
                "localhost|",
                "-a.example|",
                "a..example|"
            })
    void anAddressWhoseHostCloudflareWouldNotPurgeIsRefusedWhenItIsRead(String host, String meant) {
        try (Restage bare = Restage.builder().variables(Map.of()).build()) {
            assertThatThrownBy(() -> bare.open("cloudflare:zone/" + zone + "/" + host, CachePurger.class))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("is no host that Cloudflare purges")
                    .hasMessageContaining(meant == null ? "" : "did you mean \"" + meant + "\"?");
        }
    }

    @Test
    void aHostIsTakenInCapitalsAndWithAnUnderscore() {
        assertThat(open("/Staging.ACME.example").identity())
                .isEqualTo(open("/" + HOST).identity());
        assertThat(open("/my_site.acme.example").identity()).isNotNull();
    }

    @Test
    void aScopeThatCloudflareCannotMatchIsRefusedInThePreview() {
        for (PurgeScope scope : List.of(
                PurgeScope.host(HOST + ":443"),
                PurgeScope.host(HOST + "."),
                PurgeScope.host("*.acme.example"),
                PurgeScope.prefix(HOST + ":80/news"),
                PurgeScope.urls(List.of("https://" + HOST + ":443/")),
                PurgeScope.urls(List.of("https://" + HOST + "/a b")),
                PurgeScope.urls(List.of("ftp://" + HOST + "/")),
                PurgeScope.urls(List.of("/news/")),
                PurgeScope.urls(List.of("https://somebody@" + HOST + "/")))) {
            for (String address : List.of("", "/" + HOST)) {
                assertThatThrownBy(() -> open(address).count(scope))
                        .asInstanceOf(type(ProviderException.class))
                        .returns(Kind.UNSUPPORTED, ProviderException::kind);
            }
        }
        assertThat(cloudflare.requests()).isEmpty();
        open("/" + HOST).purge(PurgeScope.urls(List.of("https://" + HOST + ":8443/")), Progress.NONE);
        assertThat(cloudflare.purges()).hasSize(1);
    }

    @Test
    void aTokenThatMayNotPurgeIsFoundInThePreviewAndNothingIsPurged() {
        cloudflare.faults().answer("POST */purge_cache", 1, 403, DENIED);
        assertThatThrownBy(() -> restage.preview(purging("/" + HOST, "https://www.acme.example/")))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.DENIED, ProviderException::kind);

        restage.preview(purging("/" + HOST, "https://www.acme.example/"));

        assertThat(cloudflare.purges()).isEmpty();
    }

    @Test
    void aTokenOfAWrongFormOrUnknownIsFoundInThePreview() {
        for (String wrong : List.of("another-token-of-the-test", "of two words")) {
            try (Restage stranger = restage(wrong)) {
                assertThatThrownBy(() -> stranger.preview(purging("/" + HOST, "https://www.acme.example/")))
                        .asInstanceOf(type(ProviderException.class))
                        .returns(Kind.DENIED, ProviderException::kind);
            }
        }
    }

    private ResetPlan purging(String host, String site) {
        return purgingZone("cloudflare:zone/" + zone + host, site);
    }

    private static ResetPlan purgingZone(String cache, String site) {
        return purging(cache, Environment.production("production").web(site).build());
    }

    private static ResetPlan purging(String cache, Environment production) {
        return ResetPlan.builder(
                        "purge",
                        production,
                        Environment.staging("staging").cache(cache).build())
                .add("purge", new PurgeCache(Address.of(cache), PurgeScope.everything()))
                .build();
    }

    private CachePurger open(String host) {
        return restage.openToWrite("cloudflare:zone/" + zone + host, CachePurger.class);
    }

    private List<String> purged() {
        return cloudflare.purges().stream()
                .map(purge -> purge.kind() + " " + purge.values())
                .toList();
    }

    private Restage restage(String token) {
        return restage(token, Map.of());
    }

    private Restage restage(String token, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("CLOUDFLARE_API_URL", cloudflare.endpoint().toString());
        variables.put("CLOUDFLARE_API_TOKEN", token);
        return Restage.builder().variables(variables).build();
    }
}
