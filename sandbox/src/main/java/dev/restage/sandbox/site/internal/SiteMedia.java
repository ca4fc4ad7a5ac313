package dev.restage.sandbox.site.internal;

import dev.restage.sandbox.s3.S3Server;
import dev.restage.sandbox.site.Site;
import dev.restage.sandbox.site.internal.content.Content;
import dev.restage.sandbox.site.internal.content.Content.Document;
import dev.restage.sandbox.site.internal.content.Content.Image;
import dev.restage.sandbox.site.internal.content.Content.Rendition;
import java.util.Map;
import java.util.TreeMap;

/** The objects of an environment's bucket: one for each row that names a file. */
final class SiteMedia {

    private SiteMedia() {}

    static Map<String, byte[]> of(Content content) {
        Map<String, byte[]> objects = new TreeMap<>();
        for (Image image : content.images()) {
            objects.put(Site.MEDIA_LOCATION + image.file(), image.bytes());
            for (Rendition rendition : Rendition.values()) {
                objects.put(Site.MEDIA_LOCATION + rendition.fileOf(image), rendition.bytesOf(image));
            }
        }
        for (Document document : content.documents()) {
            objects.put(Site.MEDIA_LOCATION + document.file(), document.bytes());
        }
        return objects;
    }

    static void upload(S3Server server, String bucket, Map<String, byte[]> objects) {
        server.createBucket(bucket);
        objects.forEach(
                (key, bytes) -> server.put(bucket, key, key.endsWith(".pdf") ? "application/pdf" : "image/png", bytes));
    }
}
