package dev.restage.sandbox.site.internal.content;

import dev.restage.sandbox.site.Hosts;
import dev.restage.sandbox.site.Person;
import dev.restage.sandbox.site.SiteScale;
import dev.restage.sandbox.site.internal.content.Content.Account;
import dev.restage.sandbox.site.internal.content.Content.Document;
import dev.restage.sandbox.site.internal.content.Content.Image;
import dev.restage.sandbox.site.internal.content.Content.Kind;
import dev.restage.sandbox.site.internal.content.Content.Page;
import dev.restage.sandbox.site.internal.content.Content.Rank;
import dev.restage.sandbox.site.internal.content.Content.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the content of production, and of a staging that was copied from it a while ago and used since. */
public final class ContentGenerator {

    private static final Hosts PRODUCTION = new Hosts("www.acme.example", "events.acme.example", "media.acme.example");
    private static final Hosts STAGING =
            new Hosts("staging.acme.example", "staging-events.acme.example", "media.staging.acme.example");

    /** The page ids that every site has. */
    public static final int HOME = 2;

    public static final int BLOG_INDEX = 3;
    public static final int FORM = 4;
    public static final int EVENTS_HOME = 5;

    private static final int FIRST_BLOG_PAGE = 6;

    private static final List<Person> TESTERS = List.of(
            new Person("Tess", "Ter", "qa-tess", "qa-tess@agency.example"),
            new Person("Review", "Account", "client-review", "client-review@agency.example"));

    private static final List<String> TRIAL_PAGES = List.of("Trial: new carousel", "Trial: donation form");

    private final SiteScale scale;
    private final Texts texts;
    private final List<Person> people;

    public ContentGenerator(long seed, SiteScale scale) {
        this.scale = scale;
        this.texts = new Texts(seed);
        this.people = People.invent(seed, scale.users());
    }

    public Content production() {
        List<Account> accounts = new ArrayList<>();
        for (Person person : people) {
            int id = accounts.size() + 1;
            Rank rank = id <= 2 ? Rank.SUPERUSER : id <= 10 ? Rank.EDITOR : Rank.MEMBER;
            accounts.add(new Account(id, person, rank, Content.NEWEST.minus(Duration.ofDays(900L - id))));
        }
        List<Image> images = new ArrayList<>();
        for (int id = 1; id <= scale.images(); id++) {
            String city = texts.city();
            images.add(new Image(id, "View of " + city, "%s-%04d".formatted(slug(city), id), 2));
        }
        List<Document> documents = new ArrayList<>();
        for (int id = 1; id <= scale.documents(); id++) {
            String title = id % 3 == 0
                    ? "CV of " + people.get(id % people.size()).fullName()
                    : "Report %d: %s".formatted(id, texts.phrase());
            documents.add(new Document(id, title, "documents/report-%04d.pdf".formatted(id), 2));
        }
        return new Content(
                PRODUCTION,
                accounts,
                pages(),
                images,
                documents,
                submissions(),
                SiteCode.migrationsOf(SiteCode.Line.PRODUCTION));
    }

    /** Some things are missing, some have an older title or older bytes, and some exist only here. */
    public static Content staging(Content production) {
        List<Account> accounts = new ArrayList<>(older(production.accounts(), 85));
        for (Person tester : TESTERS) {
            accounts.add(new Account(accounts.size() + 1, tester, Rank.EDITOR, Content.NEWEST));
        }
        List<Page> pages = new ArrayList<>();
        for (Page page : older(production.pages(), 80)) {
            pages.add(page.id() % 7 == 0 ? retitled(page, page.title() + " (first version)") : page);
        }
        for (String title : TRIAL_PAGES) {
            pages.add(blogPage(
                    pages.size() + 1,
                    pages.size() + 2 - FIRST_BLOG_PAGE,
                    title,
                    null,
                    "Only a trial.",
                    List.of("Try.")));
        }
        List<Image> images = new ArrayList<>();
        for (Image image : older(production.images(), 80)) {
            images.add(new Image(image.id(), image.title(), image.name(), image.id() % 6 == 0 ? 1 : 2));
        }
        images.add(new Image(images.size() + 1, "Trial picture", "trial-picture", 1));
        List<Document> documents = new ArrayList<>();
        for (Document document : older(production.documents(), 80)) {
            documents.add(
                    new Document(document.id(), document.title(), document.file(), document.id() % 5 == 0 ? 1 : 2));
        }
        return new Content(
                STAGING,
                accounts,
                pages,
                images,
                documents,
                older(production.submissions(), 50),
                SiteCode.migrationsOf(SiteCode.Line.STAGING));
    }

    public static List<Person> testers() {
        return TESTERS;
    }

    public static List<String> trialPages() {
        return TRIAL_PAGES;
    }

    private List<Page> pages() {
        List<Page> pages = new ArrayList<>();
        List<String> none = List.of();
        pages.add(new Page(1, "0001", Kind.ROOT, "Root", "root", "/", 1, true, null, "", none));
        pages.add(new Page(HOME, "00010001", Kind.HOME, "Acme", "home", "/home/", 1, true, 1, texts.sentence(), none));
        pages.add(new Page(
                BLOG_INDEX,
                "000100010001",
                Kind.INDEX,
                "News",
                "news",
                "/home/news/",
                3,
                true,
                null,
                "What we do",
                none));
        pages.add(new Page(
                FORM, "000100010002", Kind.FORM, "Contact", "contact", "/home/contact/", 3, true, null, "", none));
        pages.add(new Page(
                EVENTS_HOME, "00010002", Kind.HOME, "Acme Events", "events", "/events/", 1, true, 2, "Meet us", none));
        for (int number = 1; number <= scale.pages(); number++) {
            Page page = blogPage(
                    FIRST_BLOG_PAGE - 1 + number,
                    number,
                    texts.phrase() + " in " + texts.city(),
                    1 + texts.below(scale.images() / 2),
                    texts.sentence(),
                    List.of(texts.sentence(), texts.sentence()));
            pages.add(page);
        }
        return pages;
    }

    private static Page blogPage(
            int id, int number, String title, @Nullable Integer image, String introduction, List<String> paragraphs) {
        String slug = "%s-%d".formatted(slug(title), number);
        String path = "000100010001" + step(number);
        boolean live = number % 11 != 0;
        return new Page(
                id,
                path,
                Kind.BLOG,
                title,
                slug,
                "/home/news/%s/".formatted(slug),
                3 + number % 8,
                live,
                image,
                introduction,
                paragraphs);
    }

    private List<Submission> submissions() {
        List<Submission> submissions = new ArrayList<>();
        for (int i = 0; i < scale.submissions(); i++) {
            Person sender = people.get(i % people.size());
            Person friend = people.get((i * 7 + 3) % people.size());
            String message = i % 3 == 0
                    ? "%s\nPlease reply to %s, or ask %s."
                            .formatted(texts.sentence(), sender.email(), friend.fullName())
                    : texts.sentence();
            submissions.add(new Submission(sender, message, Content.NEWEST.minus(Duration.ofHours(i * 5L))));
        }
        return submissions;
    }

    private static Page retitled(Page page, String title) {
        return new Page(
                page.id(),
                page.path(),
                page.kind(),
                title,
                page.slug(),
                page.urlPath(),
                page.owner(),
                page.live(),
                page.image(),
                page.introduction(),
                page.paragraphs());
    }

    private static <T> List<T> older(List<T> all, int percent) {
        return all.subList(0, all.size() * percent / 100);
    }

    /** One step of a tree path. Source: django-treebeard, materialised path with four characters of base 36. */
    private static String step(int number) {
        String digits = Integer.toString(number, 36).toUpperCase(Locale.ROOT);
        return "0".repeat(4 - digits.length()) + digits;
    }

    private static String slug(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
