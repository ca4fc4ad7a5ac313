package dev.restage.sandbox.s3.internal.operation;

import dev.restage.sandbox.s3.internal.access.Callers;
import dev.restage.sandbox.s3.internal.http.ChecksumAlgorithm;
import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.internal.http.Xml;
import dev.restage.sandbox.s3.internal.object.Attributes;
import dev.restage.sandbox.s3.internal.object.Body;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.Encryption;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import dev.restage.sandbox.s3.model.BucketSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.w3c.dom.Element;

/** Writes to buckets, and reads what operations answer. */
public final class Store {

    private Store() {}

    /** Writes an object with headers: name, value, name, value. */
    public static StoredObject put(Bucket bucket, String key, String text, String... headers) {
        Content content = new Content(text.getBytes(StandardCharsets.UTF_8));
        Attributes attributes = Attributes.asked(Callers.sending(headers), bucket);
        return bucket.put(key, Body.whole(content, Encryption.STANDARD, ChecksumAlgorithm.CRC64NVME), attributes);
    }

    /** {@return a new bucket with empty objects} */
    static Bucket with(String... keys) {
        Bucket bucket = new Bucket("acme", BucketSettings.standard());
        List.of(keys).forEach(key -> put(bucket, key, ""));
        return bucket;
    }

    static String document(S3Response response) {
        return new String(response.body(), response.from(), response.length(), StandardCharsets.UTF_8);
    }

    /** {@return what the elements of one name hold in their first child of another, or themselves if it is empty} */
    static List<String> texts(S3Response response, String element, String child) {
        Element root = Xml.read(response.body());
        return Xml.children(root, element).stream()
                .map(each -> child.isEmpty() ? each.getTextContent() : Xml.required(each, child))
                .toList();
    }
}
