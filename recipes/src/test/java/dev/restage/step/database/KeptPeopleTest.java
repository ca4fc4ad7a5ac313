package dev.restage.step.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskTarget;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptPeopleTest {

    private static final DatabaseShape SHAPE = new DatabaseShape(List.of(new TableShape(
            "public",
            "page",
            "page",
            List.of(column("body"), column("author"), column("other")),
            List.of(),
            List.of(),
            List.of())));

    private final KeptPeople kept = new KeptPeople(
            MaskingPolicy.builder()
                    .keep("page", "body")
                    .mask("page", "author", Mask.email("example.com"))
                    .lenient()
                    .build(),
            SHAPE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ask ada@acme.test",
                "{\"text\": \"ADA@ACME.TEST\"}",
                "<a href=\"mailto:ada%40acme.test\">",
                "+44 7700 900123",
                "tel. 07700 900123",
                "(07700) 900123"
            })
    void namesColumnsOfContentThatSomebodyIsIn(String value) {
        look("body", value);

        assertThat(kept.found()).containsOnlyKeys("page.body").containsEntry("page.body", 1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"info at acme", "d3f1@example.com", "2026-11-30 10:00", "0-306-40615-2", "007", "1234567890"})
    void passesOverWhatIsNobody(String value) {
        look("body", value);

        assertThat(kept.found()).isEmpty();
    }

    @Test
    void looksOnlyAtWhatIsDeclaredAsSafe() {
        look("author", "ada@acme.test");
        look("other", "ada@acme.test");
        kept.look("public.unknown", "unknown", "body", "ada@acme.test");

        assertThat(kept.found()).isEmpty();
    }

    private void look(String column, String value) {
        kept.look("public.page", "page", column, value);
    }

    private static TableShape.Column column(String name) {
        return new TableShape.Column(name, "text", MaskTarget.TEXT, null);
    }
}
