package dev.restage.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.provider.code.GitHost;
import dev.restage.testkit.BareRepository;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitFactoryTest {

    private static final String URL = "https://git.acme.test/Acme/Site.git";

    /** A vendor that knows one host, and remembers what it was asked. */
    private record Vendor(String host, String name, List<URI> asked) implements GitVendor {

        Vendor(String host, String name) {
            this(host, name, new ArrayList<>());
        }

        @Override
        public Optional<GitLogin> login(URI repository) {
            asked.add(repository);
            return host.equals(repository.getHost())
                    ? Optional.of(new GitLogin("x", Secret.of("t0ken"), "the variable VENDOR_TOKEN"))
                    : Optional.empty();
        }

        @Override
        public Optional<String> nameOf(URI repository) {
            asked.add(repository);
            return host.equals(repository.getHost()) ? Optional.of(name) : Optional.empty();
        }
    }

    @Test
    void withoutAVendorARepositoryIsCalledByItsUrl() {
        assertThat(factory().nameOf(GitLocation.of(URL))).isEqualTo("git.acme.test/acme/site");
    }

    @Test
    void theVendorThatKnowsARepositorySaysItsName() {
        GitFactory factory = factory(new Vendor("other.test", "other"), new Vendor("git.acme.test", "acme/renamed"));

        assertThat(factory.nameOf(GitLocation.of(URL))).isEqualTo("acme/renamed");
        assertThat(factory.nameOf(GitLocation.of("https://third.test/a/b"))).isEqualTo("third.test/a/b");
    }

    @Test
    void theFirstVendorThatKnowsCounts() {
        assertThat(factory(new Vendor("git.acme.test", "one"), new Vendor("git.acme.test", "two"))
                        .nameOf(GitLocation.of(URL)))
                .isEqualTo("one");
    }

    @Test
    void vendorsAreAskedForUrlsWithoutAUser() {
        Vendor vendor = new Vendor("git.acme.test", "acme/site");

        factory(vendor).open(Address.of("git:https://ada@git.acme.test/Acme/Site.git#main"));

        assertThat(vendor.asked()).containsExactly(URI.create(URL));
    }

    @Test
    void aLoginInVariablesCountsBeforeAVendors() {
        Vendor vendor = new Vendor("git.acme.test", "acme/site");
        Variables variables = Variables.of(Map.of("GIT_PASSWORD", "own"));

        new GitFactory(variables, List.of(vendor)).open(Address.of("git:" + URL + "#main"));

        assertThat(vendor.asked()).isEmpty();
    }

    @Test
    void nobodyIsAskedForAFolder(@TempDir Path folder) {
        BareRepository repository = BareRepository.create(folder.resolve("r.git"));
        Vendor vendor = new Vendor("git.acme.test", "acme/site");
        GitFactory factory = factory(vendor);

        GitHost branch = (GitHost) factory.open(Address.of("git:" + repository.directory() + "#main"));

        assertThat(branch.identity().toString()).contains("r.git").contains("main");
        assertThat(vendor.asked()).isEmpty();
    }

    @Test
    void whatIsNotThereHasNoIdentity(@TempDir Path folder) {
        GitHost branch = (GitHost) factory().open(Address.of("git:" + folder.resolve("none.git") + "#main"));

        assertThatThrownBy(branch::identity)
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git:ssh://git@git.acme.test/a/b#main",
                "git:git@git.acme.test:a/b#main",
                "git:ftp://host/a#main",
                "git:https://host:0/a#main"
            })
    void refusesOtherWaysToAServer(String address) {
        assertThatThrownBy(() -> factory().open(Address.of(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a path and not an http(s) URL of a git repository");
    }

    @ParameterizedTest
    @CsvSource({
        "https://Git.Acme.test/Acme/Site.git, git.acme.test/acme/site",
        "https://git.acme.test:443/acme/site/, git.acme.test/acme/site",
        "http://git.acme.test:80/acme//site.git/, git.acme.test/acme/site",
        "http://git.acme.test:443/acme/site, git.acme.test:443/acme/site",
        "https://ada@git.acme.test:8443/acme/site, git.acme.test:8443/acme/site"
    })
    void oneRepositoryOfAServerHasOneNameHoweverItIsWritten(String url, String name) {
        assertThat(GitBranches.nameOf(URI.create(url))).isEqualTo(name);
    }

    @Test
    void aPasswordInAUrlIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> GitLocation.of("https://ada:s3cret@git.acme.test/a/b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GIT_PASSWORD")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aUrlIsShownWithoutItsUser() {
        assertThat(GitLocation.of("https://ada@git.acme.test/a/b.git")).hasToString("https://git.acme.test/a/b.git");
    }

    private static GitFactory factory(Vendor... vendors) {
        return new GitFactory(Variables.of(Map.of()), List.of(vendors));
    }
}
