package dev.restage.postgres.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.Mask;
import dev.restage.masking.MaskKey;
import dev.restage.masking.MaskingPolicy;
import dev.restage.postgres.internal.catalog.CatalogReader;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.mask.MaskingTransform;
import dev.restage.provider.CopyOptions;
import dev.restage.provider.CopyResult;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.recipe.wagtail.Wagtail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sixty invented people of the Wagtail fixture. */
class WagtailPersonsTest {

    private static final String FIXTURES = System.getProperty("restage.fixtures", "");

    @Test
    void nobodyCanBeFoundInAMaskedCopy() throws Exception {
        assumeTrue(!FIXTURES.isEmpty(), "no fixtures: set restage.fixtures");
        CopiedDatabase databases = new CopiedDatabase(Files.readString(Path.of(FIXTURES, "wagtail/bakery.sql")));
        PersonSearch search = new PersonSearch(Person.all(Path.of(FIXTURES, "wagtail/persons.tsv")));
        Contents contents = databases.contents();
        MaskingPolicy policy = policy();
        DatabaseShape shape;
        try (Connection source = databases.source.read()) {
            source.setAutoCommit(false);
            shape = new CatalogReader(source, 18).contents().shape();
        }
        assertThat(policy.problems(shape)).isEmpty();
        Proof proof = Proof.start(new CopyOptions(policy, Secret.of("key")), contents, Proof.Texts.ALIKE);

        databases.copy(
                contents, proof.watch(new MaskingTransform(policy.resolve(shape), MaskKey.of("key"), proof::replaced)));

        try (Connection source = databases.source.read();
                Connection target = databases.target.read()) {
            Set<String> before = search.in(source);
            System.out.println("BEFORE " + before);
            assertThat(search.in(target)).isEmpty();
            long t = System.nanoTime();
            try {
                CopyResult.Proof result = proof.check(databases.target::target, 2, Progress.NONE);
                System.out.println("PROOF " + result);
            } catch (RuntimeException e) {
                System.out.println("PROOF " + e.getMessage());
            }
            System.out.println("TOOK " + (System.nanoTime() - t) / 1e6);
            assertThat(before).isNotEmpty();
        }
    }

    private static MaskingPolicy policy() {
        return Wagtail.site()
                .content("base_*", "blog_*", "breads_*", "locations_*", "recipes_*")
                .policy()
                .plus(MaskingPolicy.builder()
                        .mask("locations_locationpage", "body", Mask.json("value"))
                        .build());
    }
}
