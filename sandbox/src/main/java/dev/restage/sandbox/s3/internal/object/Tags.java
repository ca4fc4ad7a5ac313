package dev.restage.sandbox.s3.internal.object;

import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Request;
import dev.restage.sandbox.s3.internal.http.Xml;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.TreeMap;
import org.w3c.dom.Element;

/** The tags of an object. */
public record Tags(Map<String, String> values) {

    public static final Tags NONE = new Tags(Map.of());

    private static final int MOST = 10;

    public Tags {
        if (values.size() > MOST) {
            throw new S3Error(400, "BadRequest", "Object tags cannot be greater than 10");
        }
        values = Map.copyOf(values);
    }

    /** As a header has them: like the query of a URL. */
    static Tags header(Optional<String> header) {
        if (header.isEmpty() || header.get().isEmpty()) {
            return NONE;
        }
        Map<String, String> tags = new TreeMap<>();
        StringTokenizer pairs = new StringTokenizer(header.get(), "&");
        while (pairs.hasMoreTokens()) {
            String pair = pairs.nextToken();
            int equals = pair.indexOf('=') < 0 ? pair.length() : pair.indexOf('=');
            String value = pair.substring(Math.min(pair.length(), equals + 1));
            tags.put(S3Request.decoded(pair.substring(0, equals), true), S3Request.decoded(value, true));
        }
        return new Tags(tags);
    }

    public static Tags read(byte[] document) {
        Map<String, String> tags = new TreeMap<>();
        Element set = Xml.child(Xml.read(document), "TagSet").orElseThrow(S3Error::malformed);
        for (Element tag : Xml.children(set, "Tag")) {
            if (tags.put(Xml.required(tag, "Key"), Xml.required(tag, "Value")) != null) {
                throw new S3Error(400, "InvalidTag", "Cannot provide multiple Tags with the same key");
            }
        }
        return new Tags(tags);
    }

    public Xml document() {
        Xml xml = Xml.document("Tagging").open("TagSet");
        new TreeMap<>(values)
                .forEach((key, value) ->
                        xml.open("Tag").text("Key", key).text("Value", value).close("Tag"));
        return xml.close("TagSet").close("Tagging");
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }
}
