package dev.restage.masking.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalTextTest {

    private final List<String> words = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private final List<String> numbers = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "Maëlle, maelle",
        "SIOBHÁN O'Dalaithe, siobhan o'dalaithe",
        "Łucja Ayşe Strøm Weiß, lucja ayse strom weis",
        "Zoe\u0308, zoe",
        "Ольга, ольга"
    })
    void makesSpellingsEqual(String text, String folded) {
        assertThat(PersonalText.folded(text)).isEqualTo(folded);
    }

    @Test
    void findsWordsWhateverSeparatesThem() {
        read("CV_Mei-Lin.Tsungyeh (2), d’Arc");

        assertThat(words).containsExactly("cv", "mei", "lin", "tsungyeh", "2", "d", "arc");
        assertThat(addresses).isEmpty();
        assertThat(numbers).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Write to <ana.b+news@mail.example.org>.",
                "'ANA.B+news@Mail.Example.org'",
                "mailto:ana.b+news@mail.example.org?subject=x",
                "{\"email\": \"ana.b+news@mail.example.org\"}",
                "...ana.b+news@mail.example.org..."
            })
    void findsAnAddress(String text) {
        read(text);

        assertThat(addresses).containsExactly("ana.b+news@mail.example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "@here.com", "ana@", "@", "a @ b.com", "ana@1.2", "x@y.z"})
    void takesNothingElseForAnAddress(String text) {
        read(text);

        assertThat(addresses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "call +44 7700 900010 now | +44 7700 900010",
                "(01632) 960017 | (01632) 960017",
                "+1 202-555-0131, ext. 4 | +1 202-555-0131",
                "07700 900003. 12 loaves | 07700 900003",
                "id1234567 x89012345 | ",
                "12:30:45, 7 of 8 | "
            })
    void findsNumbers(String text, String number) {
        read(text);

        assertThat(String.join("; ", numbers)).isEqualTo(number == null ? "" : number);
    }

    private void read(String text) {
        PersonalText.read(PersonalText.folded(text), new PersonalText.Reader() {
            @Override
            public void word(String folded, int from, int to) {
                words.add(folded.substring(from, to));
            }

            @Override
            public void address(String folded, int from, int at, int to) {
                addresses.add(folded.substring(from, to));
            }

            @Override
            public void number(String folded, int from, int to) {
                numbers.add(folded.substring(from, to));
            }
        });
    }
}
