package dev.restage.files.internal.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.Test;

class ZipPartsTest {

    @Test
    void givesThePartsInTheirOrder() throws Exception {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("z", new byte[] {1});
        parts.put("a/b", new byte[] {2, 3});
        try (Spool file = zip(parts);
                ZipParts zip = ZipParts.open(file)) {
            assertThat(zip.all()).extracting(ZipArchiveEntry::getName).containsExactly("z", "a/b");
            ZipArchiveEntry part = zip.named("a/b");
            assertThat(part).isNotNull();
            assertThat(zip.named("missing")).isNull();
            try (Spool content = zip.unpack(part);
                    InputStream stream = content.open()) {
                assertThat(stream.readAllBytes()).containsExactly(2, 3);
            }
        }
    }

    @Test
    void unpacksWhatShrinksMuchAsLongAsItIsSmall() throws Exception {
        try (Spool file = zip(Map.of("a", new byte[10 << 20]));
                ZipParts zip = ZipParts.open(file);
                Spool content = zip.unpack(zip.all().get(0))) {
            assertThat(content.sizeBytes()).isEqualTo(10 << 20);
        }
    }

    @Test
    void refusesAPartThatUnpacksToFarMore() throws Exception {
        try (Spool file = zip(Map.of("a", new byte[(10 << 20) + 1]));
                ZipParts zip = ZipParts.open(file)) {
            assertThatThrownBy(() -> zip.unpack(zip.all().get(0)))
                    .isInstanceOf(UncleanException.class)
                    .hasMessage("unpacks to far more than its size");
        }
    }

    @Test
    void refusesMorePartsThanPeopleMake() throws Exception {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (int i = 0; i <= 20_000; i++) {
            parts.put("p" + i, new byte[0]);
        }
        try (Spool file = zip(parts);
                ZipParts zip = ZipParts.open(file)) {
            assertThatThrownBy(zip::all).isInstanceOf(UncleanException.class).hasMessage("has more than 20000 parts");
        }
    }

    /** A library would hold their names in memory before it could count them. */
    @Test
    void refusesALongListOfPartsBeforeItIsRead() throws Exception {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (int i = 0; i < 400; i++) {
            parts.put("p%d-".formatted(i) + "x".repeat(30_000), new byte[0]);
        }
        try (Spool file = zip(parts)) {
            assertThat(ZipParts.hasTooMany(file)).isTrue();
            assertThatThrownBy(() -> ZipParts.open(file)).hasMessage("has more than 20000 parts");
        }
        try (Spool small = zip(Map.of("a", new byte[0]))) {
            assertThat(ZipParts.hasTooMany(small)).isFalse();
        }
    }

    @Test
    void failsOnWhatIsNoZip() throws Exception {
        try (Spool file = Spool.of(new ByteArrayInputStream(new byte[100]))) {
            assertThatThrownBy(() -> ZipParts.open(file)).isInstanceOf(IOException.class);
        }
    }

    private static Spool zip(Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
        return Spool.of(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
