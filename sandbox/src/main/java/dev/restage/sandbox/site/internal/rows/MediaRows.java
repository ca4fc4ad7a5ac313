package dev.restage.sandbox.site.internal.rows;

import dev.restage.sandbox.site.internal.content.Content;
import dev.restage.sandbox.site.internal.content.Content.Document;
import dev.restage.sandbox.site.internal.content.Content.Image;
import dev.restage.sandbox.site.internal.content.Content.Rendition;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** Rows about images, their renditions and documents. */
final class MediaRows {

    private MediaRows() {}

    static void add(Content content, Rows rows) {
        rows.add("wagtailcore_collection", 1, "0001", 1, 2, "Root");
        rows.add("wagtailcore_collection", 2, "00010001", 2, 0, "Places");
        rows.add("wagtailcore_collection", 3, "00010002", 2, 0, "Reports");
        int rendition = 1;
        for (Image image : content.images()) {
            image(image, content.accounts().size(), rows);
            for (Rendition kind : Rendition.values()) {
                rows.add(
                        "images_rendition",
                        rendition++,
                        kind.filterSpec,
                        kind.fileOf(image),
                        kind.width,
                        kind.height,
                        "2e16d0ba",
                        image.id());
            }
        }
        for (Document document : content.documents()) {
            byte[] bytes = document.bytes();
            rows.add(
                    "wagtaildocs_document",
                    document.id(),
                    document.title(),
                    document.file(),
                    Content.NEWEST.minus(Duration.ofDays(300L)),
                    1 + document.id() % 8,
                    3,
                    bytes.length,
                    sha1(bytes));
        }
    }

    private static void image(Image image, int accounts, Rows rows) {
        byte[] bytes = image.bytes();
        rows.add(
                "images_customimage",
                image.id(),
                image.title(),
                image.file(),
                Image.WIDTH,
                Image.HEIGHT,
                Content.NEWEST.minus(Duration.ofDays(300L)),
                Image.WIDTH / 2,
                Image.HEIGHT / 2,
                10,
                10,
                bytes.length,
                sha1(bytes),
                "",
                2,
                1 + image.id() % Math.min(accounts, 8));
    }

    private static String sha1(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }
}
