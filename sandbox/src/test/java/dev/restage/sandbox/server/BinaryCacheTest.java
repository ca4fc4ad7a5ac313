package dev.restage.sandbox.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BinaryCacheTest {

    @Test
    void saysWhichServerIsMissingOnThisPlatform() {
        assertThatThrownBy(() -> BinaryCache.directoryOf("postgres-plan9-mips.txz", TarXz::unpack))
                .hasMessageStartingWith("postgres-plan9-mips.txz is not on the class path");
    }
}
