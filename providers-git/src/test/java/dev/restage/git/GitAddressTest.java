package dev.restage.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:9418/acme/site.git",
                "http://0.0.0.0:9418/acme/site",
                "http://127.0.0.1:9418/Acme/site/",
                "http://somebody@[::1]:9418/acme/site.git"
            })
    void oneRepositoryOfThisMachineHasOneNameHoweverItIsWritten(String url) {
        assertThat(GitLocation.of(url).canonical()).isEqualTo("localhost:9418/acme/site");
    }

    @ParameterizedTest
    @CsvSource({
        "refs/heads/main, main",
        "heads/main, main",
        "refs/remotes/main, main",
        "+main, main",
        "--all, all",
        "-f, f",
        "HEAD, main",
        "refs/tags/v1, tags/v1"
    })
    void aBranchIsNamedByItsNameAlone(String written, String meant) {
        assertThatThrownBy(() -> GitBranches.branchOf(Address.of("github:acme/site#" + written)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean github:acme/site#" + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "feature/heads", "a-b", "header", "HEADS", "release/2026+1"})
    void otherNamesOfBranchesAreTakenAsTheyAre(String branch) {
        assertThat(GitBranches.branchOf(Address.of("github:acme/site#" + branch)))
                .isEqualTo(branch);
    }
}
