package dev.restage.sandbox.site.internal.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.restage.sandbox.site.Person;
import dev.restage.sandbox.site.SiteScale;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {

    private static final SiteScale SCALE = new SiteScale(40, 15, 10, 6, 9);

    private final Content production = new ContentGenerator(3, SCALE).production();
    private final Content staging = ContentGenerator.staging(production);

    @Test
    void holdsAsMuchAsItsScaleSays() {
        assertThat(production.pages()).hasSize(40 + 5);
        assertThat(production.accounts()).hasSize(15);
        assertThat(production.images()).hasSize(10);
        assertThat(production.documents()).hasSize(6);
        assertThat(production.submissions()).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void idsCountFromOneAndPathsAndAddressesAreUnique(boolean ofProduction) {
        Content content = ofProduction ? production : staging;
        List<Content.Page> pages = content.pages();

        assertThat(pages).extracting(Content.Page::id).doesNotHaveDuplicates().contains(1);
        assertThat(pages).extracting(Content.Page::path).doesNotHaveDuplicates();
        assertThat(pages).extracting(Content.Page::urlPath).doesNotHaveDuplicates();
        assertThat(content.images()).extracting(Content.Image::file).doesNotHaveDuplicates();
        assertThat(content.documents()).extracting(Content.Document::file).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyPageHasAParentAnOwnerAndAnImageThatThereAre(boolean ofProduction) {
        Content content = ofProduction ? production : staging;
        Set<String> paths = content.pages().stream().map(Content.Page::path).collect(Collectors.toSet());
        Set<Integer> images = content.images().stream().map(Content.Image::id).collect(Collectors.toSet());

        assertThat(content.pages()).allSatisfy(page -> {
            assertThat(page.path().length() % 4).isZero();
            assertThat(page.path()).hasSize(4 * page.depth());
            if (page.depth() > 1) {
                assertThat(paths).contains(page.path().substring(0, page.path().length() - 4));
            }
            assertThat(page.owner()).isBetween(1, content.accounts().size());
            if (page.image() != null) {
                assertThat(images).contains(page.image());
            }
        });
    }

    @Test
    void somePagesAreDrafts() {
        assertThat(production.pages().stream().filter(page -> !page.live())).hasSize(3);
    }

    @Test
    void stagingIsOlderAndHasThingsOfItsOwn() {
        Set<String> people = names(production);
        Set<String> own = new HashSet<>(names(staging));
        own.removeAll(people);

        assertThat(own)
                .containsExactlyInAnyOrderElementsOf(ContentGenerator.testers().stream()
                        .map(Person::userName)
                        .toList());
        assertThat(staging.pages()).extracting(Content.Page::title).containsAll(ContentGenerator.trialPages());
        assertThat(staging.hosts()).isNotEqualTo(production.hosts());
        assertThat(staging.submissions())
                .hasSizeLessThan(production.submissions().size());
        assertThat(staging.images()).extracting(Content.Image::version).contains(1, 2);
        assertThat(production.images()).extracting(Content.Image::version).containsOnly(2);
    }

    @Test
    void theDatabasesHistoriesPartAfterACommonBeginning() {
        List<String> main = labels(SiteCode.Line.PRODUCTION);
        List<String> other = labels(SiteCode.Line.STAGING);

        assertThat(main).contains("home.0002_hero_caption").doesNotContain("news.0003_topic_filterable");
        assertThat(other).contains("news.0003_topic_filterable").doesNotContain("home.0002_hero_caption");
        assertThat(main)
                .contains("news.0002_topic_attributes", "wagtailcore.0094_alter_page_locale")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"9, 12, 8, 4, 1", "10, 11, 8, 4, 1", "10, 12, 7, 4, 1", "10, 12, 8, 3, 1", "10, 12, 8, 4, 0"})
    void aSiteHasALeastSize(int pages, int users, int images, int documents, int submissions) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SiteScale(pages, users, images, documents, submissions))
                .withMessage("a site has at least 10 pages, 12 users, 8 images, 4 documents and 1 submission");
        assertThat(SiteScale.times(3).pages()).isEqualTo(3 * SiteScale.small().pages());
    }

    @Test
    void theLeastSiteCanBeMade() {
        Content least = new ContentGenerator(1, new SiteScale(10, 12, 8, 4, 1)).production();

        assertThat(ContentGenerator.staging(least).accounts()).isNotEmpty();
    }

    @Test
    void picturesAreReadByOthers() throws Exception {
        Content.Image image = production.images().get(0);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(image.bytes()));

        assertThat(read.getWidth()).isEqualTo(Content.Image.WIDTH);
        assertThat(read.getHeight()).isEqualTo(Content.Image.HEIGHT);
        for (Content.Rendition rendition : Content.Rendition.values()) {
            assertThat(ImageIO.read(new ByteArrayInputStream(rendition.bytesOf(image)))
                            .getWidth())
                    .isPositive();
            assertThat(rendition.fileOf(image)).startsWith("images/").contains(image.name());
        }
    }

    @Test
    void anotherVersionOfAFileHasOtherBytes() {
        Content.Image image = production.images().get(0);
        Content.Document document = production.documents().get(0);

        assertThat(new Content.Image(image.id(), image.title(), image.name(), 1).bytes())
                .isNotEqualTo(image.bytes());
        assertThat(new Content.Document(document.id(), document.title(), document.file(), 1).bytes())
                .isNotEqualTo(document.bytes());
        assertThat(new String(document.bytes(), StandardCharsets.US_ASCII))
                .startsWith("%PDF-1.4")
                .endsWith("%%EOF\n");
    }

    @Test
    void peopleLogInWithANameOrAnAddressAndLiveAtExampleDomains() {
        List<Person> people = People.invent(5, 200);

        assertThat(people).extracting(Person::userName).doesNotHaveDuplicates();
        assertThat(people).anySatisfy(person -> assertThat(person.userName()).isEqualToIgnoringCase(person.email()));
        assertThat(people).allSatisfy(person -> {
            assertThat(person.email()).matches("(?i)[a-z.-]+@([a-z-]+\\.)?(example|test|example\\.(org|net))");
            assertThat(person.fullName()).isEqualTo(person.firstName() + " " + person.lastName());
        });
        assertThat(People.invent(5, 200)).isEqualTo(people);
        assertThat(People.invent(6, 200)).isNotEqualTo(people);
    }

    private static Set<String> names(Content content) {
        return content.accounts().stream()
                .map(account -> account.person().userName())
                .collect(Collectors.toSet());
    }

    private static List<String> labels(SiteCode.Line line) {
        return SiteCode.migrationsOf(line).stream()
                .map(migration -> migration.app() + "." + migration.name())
                .toList();
    }
}
