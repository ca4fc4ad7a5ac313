package dev.restage.sandbox.site;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one environment of the site holds, before it becomes rows and objects. */
record Content(
        Hosts hosts,
        List<Account> accounts,
        List<Page> pages,
        List<Image> images,
        List<Document> documents,
        List<Submission> submissions,
        List<Migration> migrations) {

    /** When the newest thing of production was made. */
    static final Instant NEWEST = Instant.parse("2026-11-02T09:00:00Z");

    enum Rank {
        SUPERUSER,
        EDITOR,
        MEMBER
    }

    record Account(int id, Person person, Rank rank, Instant joined) {}

    enum Kind {
        ROOT(ContentType.PAGE),
        HOME(ContentType.HOME_PAGE),
        INDEX(ContentType.BLOG_INDEX_PAGE),
        BLOG(ContentType.BLOG_PAGE),
        FORM(ContentType.FORM_PAGE);

        final ContentType type;

        Kind(ContentType type) {
            this.type = type;
        }
    }

    record Page(
            int id,
            String path,
            Kind kind,
            String title,
            String slug,
            String urlPath,
            int owner,
            boolean live,
            @Nullable Integer image,
            String introduction,
            List<String> paragraphs) {

        int depth() {
            return path.length() / 4;
        }

        boolean isParentOf(Page other) {
            return other.path.length() == path.length() + 4 && other.path.startsWith(path);
        }
    }

    /** The version tells older bytes from newer ones of the same file. */
    record Image(int id, String title, String name, int version) {

        static final int WIDTH = 96;
        static final int HEIGHT = 54;

        String file() {
            return "original_images/%s.png".formatted(name);
        }

        byte[] bytes() {
            return Picture.png(WIDTH, HEIGHT, id * 31 + version);
        }
    }

    enum Rendition {
        CARD("fill-48x27", 48, 27),
        THUMBNAIL("width-32", 32, 18);

        final String filterSpec;
        final int width;
        final int height;

        Rendition(String filterSpec, int width, int height) {
            this.filterSpec = filterSpec;
            this.width = width;
            this.height = height;
        }

        String fileOf(Image image) {
            return "images/%s.2e16d0ba.%s.png".formatted(image.name(), filterSpec);
        }

        byte[] bytesOf(Image image) {
            return Picture.png(width, height, image.id() * 31 + image.version());
        }
    }

    record Document(int id, String title, String file, int version) {

        byte[] bytes() {
            return Picture.pdf("Document %d, version %d".formatted(id, version));
        }
    }

    record Submission(Person sender, String message, Instant submitted) {}

    record Migration(String app, String name) {}
}
