package dev.restage.sandbox.site.internal.content;

import dev.restage.sandbox.site.Hosts;
import dev.restage.sandbox.site.Person;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one environment of the site holds, before it becomes rows and objects. */
public record Content(
        Hosts hosts,
        List<Account> accounts,
        List<Page> pages,
        List<Image> images,
        List<Document> documents,
        List<Submission> submissions,
        List<Migration> migrations) {

    /** When the newest thing of production was made. */
    public static final Instant NEWEST = Instant.parse("2026-11-02T09:00:00Z");

    public enum Rank {
        SUPERUSER,
        EDITOR,
        MEMBER
    }

    public record Account(int id, Person person, Rank rank, Instant joined) {}

    public enum Kind {
        ROOT(ContentType.PAGE),
        HOME(ContentType.HOME_PAGE),
        INDEX(ContentType.BLOG_INDEX_PAGE),
        BLOG(ContentType.BLOG_PAGE),
        FORM(ContentType.FORM_PAGE);

        public final ContentType type;

        Kind(ContentType type) {
            this.type = type;
        }
    }

    public record Page(
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

        public int depth() {
            return path.length() / 4;
        }

        boolean isParentOf(Page other) {
            return other.path.length() == path.length() + 4 && other.path.startsWith(path);
        }
    }

    /** The version tells older bytes from newer ones of the same file. */
    public record Image(int id, String title, String name, int version) {

        public static final int WIDTH = 96;
        public static final int HEIGHT = 54;

        public String file() {
            return "original_images/%s.png".formatted(name);
        }

        public byte[] bytes() {
            return Picture.png(WIDTH, HEIGHT, id * 31 + version);
        }
    }

    public enum Rendition {
        CARD("fill-48x27", 48, 27),
        THUMBNAIL("width-32", 32, 18);

        public final String filterSpec;
        public final int width;
        public final int height;

        Rendition(String filterSpec, int width, int height) {
            this.filterSpec = filterSpec;
            this.width = width;
            this.height = height;
        }

        public String fileOf(Image image) {
            return "images/%s.2e16d0ba.%s.png".formatted(image.name(), filterSpec);
        }

        public byte[] bytesOf(Image image) {
            return Picture.png(width, height, image.id() * 31 + image.version());
        }
    }

    public record Document(int id, String title, String file, int version) {

        public byte[] bytes() {
            return Picture.pdf("Document %d, version %d".formatted(id, version));
        }
    }

    public record Submission(Person sender, String message, Instant submitted) {}

    public record Migration(String app, String name) {}
}
