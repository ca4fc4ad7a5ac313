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
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scheme of each provider on the class path says which parameters it knows, and the README names them. */
class AddressesTest {

    private static final Map<String, ResourceFactory> FACTORIES = factories();

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
