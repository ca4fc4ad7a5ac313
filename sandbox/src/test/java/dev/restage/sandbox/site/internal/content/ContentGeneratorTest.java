package dev.restage.sandbox.site.internal.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.site.Person;
import dev.restage.sandbox.site.SiteScale;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentGeneratorTest {

    private static final SiteScale TINY = new SiteScale(10, 12, 8, 4, 5);

    @Test
    void theSameSeedGivesTheSameSiteAndAnotherSeedAnother() {
        Content one = new ContentGenerator(7, TINY).production();

        assertThat(new ContentGenerator(7, TINY).production()).isEqualTo(one);
        assertThat(new ContentGenerator(8, TINY).production()).isNotEqualTo(one);
    }

    @Test
    void noPublishedTextHoldsANameSoThatANameFoundIsALeak() {
        Content content = new ContentGenerator(2026, SiteScale.small()).production();
        StringBuilder published = new StringBuilder();
        for (Content.Page page : content.pages()) {
            published.append(page.title()).append(page.introduction()).append(page.paragraphs());
        }
        content.images().forEach(image -> published.append(image.title()).append(image.name()));

        String text = published.toString().toLowerCase(Locale.ROOT);
        for (Content.Account account : content.accounts()) {
            assertThat(text)
                    .doesNotContain(account.person().firstName().toLowerCase(Locale.ROOT))
                    .doesNotContain(account.person().lastName().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void manyPeopleAllDiffer() {
        List<Person> people = People.invent(1, 12_000);

        Set<String> addresses = new HashSet<>();
        people.forEach(person -> addresses.add(person.email().toLowerCase(Locale.ROOT)));
        assertThat(addresses).hasSize(12_000);
    }

    @Test
    void everyPictureHasItsOwnBytes() {
        Content content = new ContentGenerator(2026, SiteScale.small()).production();

        Set<String> contents = new HashSet<>();
        content.images().forEach(image -> contents.add(Arrays.toString(image.bytes())));
        assertThat(contents).hasSize(content.images().size());
    }
}
