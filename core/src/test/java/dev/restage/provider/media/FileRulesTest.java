package dev.restage.provider.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.TableSelector;
import dev.restage.masking.TableShape.Column;
import dev.restage.masking.value.MaskTarget;
import dev.restage.provider.media.FileRules.Kind;
import dev.restage.provider.media.FileRules.Scope;
import dev.restage.provider.media.FileRules.Unclean;
import dev.restage.provider.media.MediaQuery.Files;
import dev.restage.provider.media.MediaQuery.Reach;
import dev.restage.provider.media.MediaQuery.Texts;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The values of media: rules, what a filter says, which files a database names. */
class FileRulesTest {

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void theStandardLooksIntoEverythingAndLetsNothingUncleanPass() {
        assertThat(FileRules.STANDARD.clean()).containsExactly(Kind.IMAGE, Kind.PDF, Kind.OFFICE);
        assertThat(FileRules.STANDARD.unclean()).isEqualTo(Unclean.FAIL);
        assertThat(FileRules.STANDARD.scope()).isEqualTo(Scope.ALL);
        assertThat(FileRules.STANDARD.replace()).isEmpty();
    }

    @Test
    void changesOneThingAtATime() {
        FileRules rules = FileRules.STANDARD
                .replacing("avatars/")
                .replacing("cvs/", "letters/")
                .unclean(Unclean.REPLACE)
                .scope(Scope.KNOWN);

        assertThat(rules)
                .isEqualTo(new FileRules(
                        EnumSet.allOf(Kind.class),
                        List.of("avatars/", "cvs/", "letters/"),
                        Unclean.REPLACE,
                        Scope.KNOWN));
        assertThat(FileRules.STANDARD.replace()).isEmpty();
    }

    @Test
    void refusesAPrefixThatMeansEveryFile() {
        assertThatThrownBy(() -> FileRules.STANDARD.replacing("avatars/", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would replace every file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | IMAGE PDF OFFICE | FAIL | ALL",
                "{\"clean\": [\"PDF\"]} | PDF | FAIL | ALL",
                "{\"clean\": []} | '' | FAIL | ALL",
                "{\"unclean\": \"REPLACE\", \"scope\": \"KNOWN\"} | IMAGE PDF OFFICE | REPLACE | KNOWN"
            })
    void whatAPersonLeavesOutIsAsTheStandardHasIt(String written, String clean, Unclean unclean, Scope scope) {
        FileRules rules = json.readValue(written, FileRules.class);

        assertThat(String.join(" ", rules.clean().stream().map(Enum::name).toList()))
                .isEqualTo(clean);
        assertThat(rules.unclean()).isEqualTo(unclean);
        assertThat(rules.scope()).isEqualTo(scope);
    }

    @Test
    void comesBackFromJson() {
        FileRules rules = FileRules.STANDARD.replacing("avatars/").scope(Scope.KNOWN);

        assertThat(json.readValue(json.writeValueAsString(rules), FileRules.class))
                .isEqualTo(rules);
    }

    @Test
    void keepsItsSetsWhateverBecomesOfThem() {
        Set<Kind> kinds = EnumSet.of(Kind.PDF);
        List<String> prefixes = new ArrayList<>(List.of("a/"));
        FileRules rules = new FileRules(kinds, prefixes, Unclean.FAIL, Scope.ALL);

        kinds.clear();
        prefixes.clear();

        assertThat(rules.clean()).containsExactly(Kind.PDF);
        assertThat(rules.replace()).containsExactly("a/");
        assertThatThrownBy(() -> rules.clean().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whatAFilterSaysLetsGoOfItsBytes() {
        List<String> events = new ArrayList<>();
        Filtered cleaned = new Filtered(Filtered.Outcome.CLEANED, "GPS", new Filtered.Content() {
            @Override
            public long sizeBytes() {
                return 0;
            }

            @Override
            public InputStream open() {
                return InputStream.nullInputStream();
            }

            @Override
            public void close() {
                events.add("closed");
            }
        });

        cleaned.close();
        Filtered.CLEAN.close();

        assertThat(events).containsExactly("closed");
        assertThat(Filtered.refused("broken")).isEqualTo(new Filtered(Filtered.Outcome.REFUSED, "broken", null));
        assertThat(Filtered.unknown("a film")).isEqualTo(new Filtered(Filtered.Outcome.UNKNOWN, "a film", null));
    }

    @ParameterizedTest
    @CsvSource({
        "file, character varying(100), character varying(100), true",
        "file, character varying(100), '', true",
        "file, text, character varying(100), false",
        "image_file, character varying(100), '', true",
        "title, character varying(100), '', false",
        "file, integer, '', false",
        "file, jsonb, '', false"
    })
    void filesAreNamedByColumnsOfTextOfACertainNameAndType(String name, String type, String wanted, boolean fits) {
        Files files = new Files(TableSelector.named("*"), List.of("file", "*_file"), wanted);

        assertThat(files.fits(new Column(name, type, MaskTarget.of(type, Set.of()), null)))
                .isEqualTo(fits);
    }

    @Test
    void aQueryCanBeNarrowedToWhatRowsLeadTo() {
        MediaQuery all = new MediaQuery(List.of(new Files(TableSelector.named("*"), List.of("file"), "")), null);
        Reach walk = new Reach(
                TableSelector.named("*"),
                "root.id = 7",
                TableSelector.named("*"),
                TableSelector.named("*"),
                new Texts(List.of(), "type", "value"),
                "");

        assertThat(all.reachedBy(walk)).isEqualTo(new MediaQuery(all.files(), walk));
        assertThat(all.reach()).isNull();
    }
}
