package dev.restage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import dev.restage.Restage;
import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.Resource;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each scheme of each provider on the class path says which parameters it knows, and the README names them. */
class AddressesTest {

    private static final Map<String, ResourceFactory> FACTORIES = factories();

    /** One address of each scheme that names something. */
    private static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("cleaner", "files"),
            Map.entry("cloudflare", "zone/0123456789abcdef0123456789abcdef/www.acme.example"),
            Map.entry("file", "/srv/my media"),
            Map.entry("git", "/srv/site.git#main"),
            Map.entry("github", "acme/site#main"),
            Map.entry("heroku", "acme-staging"),
            Map.entry("heroku-backup", "acme/b001"),
            Map.entry("heroku-postgres", "acme/OTHER_URL"),
            Map.entry("heroku-redis", "acme?prefix=acme"),
            Map.entry("http", "//acme.example/"),
            Map.entry("https", "//acme.example/"),
            Map.entry("message-file", "/srv/notes.md"),
            Map.entry("pg-dump", "/srv/acme.dump"),
            Map.entry("postgres", "//me@host/db?capacity=10GB"),
            Map.entry("postgresql", "//host:5433/db"),
            Map.entry("redis", "//host/1?prefix=acme"),
            Map.entry("redis-url", "CACHE_URL?databases=1,2"),
            Map.entry("rediss", "//host?databases=0,1"),
            Map.entry("s3", "//acme-media/media/?region=eu-central-1"),
            Map.entry("webhook", "SLACK?mention=here"));

    @ParameterizedTest
    @MethodSource("schemes")
    void aSchemeRefusesAParameterThatItDoesNotKnowBeforeItAsksForAnything(String scheme) {
        try (Restage restage = Restage.builder().variables(Map.of()).build()) {
            for (String address : List.of(scheme + ":x?frobnicate=1", scheme + "://x/y?frobnicate=1#z")) {
                assertThatThrownBy(() -> restage.open(address, Resource.class))
                        .isInstanceOf(PlanException.class)
                        .hasMessageMatching("(?s).*(called \"frobnicate\"|before \"#\").*");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void aSchemeRefusesItsParametersTwiceWithoutValueAndInCapitals(String scheme, String name) {
        try (Restage restage = Restage.builder().variables(Map.of()).build()) {
            for (String query : List.of("%s=", "%s", "%s=a&%1$s=b", "%S=a")) {
                assertThatThrownBy(() -> restage.open(scheme + ":x?" + query.formatted(name), Resource.class))
                        .isInstanceOf(PlanException.class)
                        .hasMessageContaining("\"" + name + "\"");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void theReadmeNamesEachParameter(String scheme, String name) throws IOException {
        List<String> rows;
        try (Stream<String> lines = Files.lines(Path.of("..", "README.md"))) {
            rows = lines.filter(line -> line.startsWith("| `")).toList();
        }

        assertThat(rows)
                .filteredOn(row -> row.contains("`" + scheme + ":"))
                .as("rows of " + scheme)
                .anyMatch(row -> row.contains(name + "="));
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void aSchemeRefusesWhatCannotBeSeenInItsAddresses(String scheme) {
        String sample = Objects.requireNonNull(SAMPLES.get(scheme), "no sample of " + scheme);
        try (Restage restage = Restage.builder().variables(Map.of()).build()) {
            for (String form : List.of(" %s", "%s ", "%s\n", "%s\u00a0", "%s\u200b", "\t%s")) {
                assertThatThrownBy(() -> restage.open(scheme + ":" + form.formatted(sample), Resource.class))
                        .isInstanceOf(PlanException.class)
                        .hasMessageContaining("cannot be seen");
            }
        }
    }

    /** Without this the other table would pass with refusals of anything. */
    @ParameterizedTest
    @MethodSource("schemes")
    void aSchemeTakesAnAddressOfItsForm(String scheme) {
        String sample = scheme + ":" + SAMPLES.get(scheme);
        Map<String, String> variables = Map.of(
                "CACHE_URL", "redis://host:6379/0",
                "SLACK", "https://hooks.example/x",
                "HEROKU_API_KEY", "k",
                "CLOUDFLARE_API_TOKEN", "t",
                "GITHUB_TOKEN", "g");
        try (Restage restage = Restage.builder().variables(variables).build()) {
            assertThat(restage.open(sample, Resource.class)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://host",
                "postgres://host/",
                "postgres:host/db",
                "postgres://host/db/table",
                "postgres://host:0/db",
                "postgres://host:70000/db",
                "postgres://host/my db",
                "postgres://host/db?capacity=10",
                "postgres://host/db?capacity=0GB",
                "postgres://host/db?capacity=-1GB",
                "postgresql://host/db?capacity=10gb",
                "pg-dump:acme.dump",
                "pg-dump:~/acme.dump",
                "pg-dump://host/acme.dump",
                "s3:bucket",
                "s3:///prefix",
                "s3://bucket:9000/prefix",
                "s3://my bucket/prefix",
                "s3://key@bucket/prefix",
                "s3://-bucket",
                "s3://bucket?endpoint=minio:9000",
                "s3://bucket?endpoint=https://minio:70000",
                "s3://bucket?endpoint=https://key@minio",
                "s3://bucket?endpoint=ftp://minio",
                "s3://bucket?keyVariable=KEY",
                "redis://",
                "redis://host/cache",
                "redis://host:0/0",
                "rediss://host/0?databases=1",
                "redis://host?databases=0,x",
                "redis-url:CACHE_URL?databases=-1",
                "heroku:Acme",
                "heroku:acme/web",
                "heroku-postgres:acme/database_url",
                "heroku-postgres:acme/",
                "heroku-backup:acme/1",
                "heroku-backup:acme/b",
                "heroku-redis:acme/redis_url",
                "heroku-redis:acme?verify=maybe",
                "cloudflare:0123456789abcdef0123456789abcdef",
                "cloudflare:zone/0123456789ABCDEF0123456789ABCDEF",
                "cloudflare:zone/0123456789abcdef0123456789abcdef/host:443",
                "cloudflare:zone/0123456789abcdef0123456789abcdef/www.acme.example/news",
                "github:acme#main",
                "github:acme/site",
                "github:acme/site#",
                "github:acme/..#main",
                "github:../site#main",
                "github:acme/site/tree#main",
                "github:https://github.com/acme/site#main",
                "git:/srv/site.git",
                "git:ssh://git@host/site.git#main",
                "git:git@host:site.git#main",
                "git:https://host:70000/site.git#main",
                "git:/srv/site.git#two words",
                "https:acme.example",
                "https:///news/",
                "https://somebody@acme.example/",
                "http://acme.example:70000/",
                "http://acme example/",
                "webhook:https://hooks.example/x",
                "webhook:MY-HOOK",
                "file:media",
                "file:~/media",
                "file://host/media",
                "message-file:notes.md",
                "cleaner:images"
            })
    void anAddressOfAnotherFormIsRefusedBeforeACredentialIsMissed(String address) {
        try (Restage restage = Restage.builder()
                .variables(Map.of("CACHE_URL", "redis://host:6379/0"))
                .build()) {
            assertThatThrownBy(() -> restage.open(address, Resource.class))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("the address " + address + " cannot be used");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/media/?regoin=eu-central-1, region",
        "redis://host/0?prefx=acme, prefix",
        "rediss://host/0?prefix=acme&verfiy=no, verify",
        "redis-url:REDIS_URL?Prefix=acme, prefix",
        "postgres://me@host/db?passwordVariabel=X, passwordVariable",
        "postgresql://me@host/db?ssl_mode=require, sslmode",
        "file:/srv/media?name=skip, names",
        "https://host/?basicAuthVar=X, basicAuthVariable",
        "webhook:SLACK?mentoin=here, mention",
        "s3://bucket/?requestPayer=Requester, requester",
        "redis://host/0?verify=on, no",
        "postgres://host/db?snapshots=templates, template"
    })
    void namesWhatWasMeant(String address, String meant) {
        try (Restage restage = Restage.builder().variables(Map.of()).build()) {
            assertThatThrownBy(() -> restage.open(address, Resource.class))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("did you mean \"" + meant + "\"?");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "postgers://host/db, postgres://host/db",
        "jdbc:postgresql://host/db, postgresql://host/db",
        "herouk:app, heroku:app",
        "heroku-postgresql:app, heroku-postgres:app",
        "s2://bucket/, s3://bucket/"
    })
    void namesTheSchemeThatWasMeant(String address, String meant) {
        try (Restage restage = Restage.builder().variables(Map.of()).build()) {
            assertThatThrownBy(() -> restage.open(address, Resource.class))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("did you mean " + meant + "?");
        }
    }

    private static Stream<String> schemes() {
        return FACTORIES.keySet().stream();
    }

    private static Stream<Arguments> parameters() {
        return FACTORIES.entrySet().stream()
                .flatMap(entry -> entry.getValue().form().parameters().keySet().stream()
                        .map(name -> Arguments.of(entry.getKey(), name)));
    }

    private static Map<String, ResourceFactory> factories() {
        List<Module> modules = new ArrayList<>();
        ServiceLoader.load(ProviderModule.class).forEach(modules::add);
        modules.add(new AbstractModule() {
            @Override
            protected void configure() {
                bind(Variables.class).toInstance(Variables.of(Map.of()));
            }
        });
        return new TreeMap<>(
                Guice.createInjector(modules).getInstance(Key.get(new TypeLiteral<Map<String, ResourceFactory>>() {})));
    }
}
