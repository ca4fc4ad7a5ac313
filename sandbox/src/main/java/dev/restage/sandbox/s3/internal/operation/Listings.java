package dev.restage.sandbox.s3.internal.operation;

import dev.restage.provider.media.KeyOrder;
import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.internal.http.UrlText;
import dev.restage.sandbox.s3.internal.http.Xml;
import dev.restage.sandbox.s3.internal.object.Acl;
import dev.restage.sandbox.s3.internal.object.Body;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import dev.restage.sandbox.s3.internal.object.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operations that list objects. */
public final class Listings {

    /** Objects of one upload share a second, and formatting a time costs more than all the rest of an entry. */
    private static final class Times {
        private Instant last = Instant.MIN;
        private String text = "";

        String of(Instant time) {
            if (!time.equals(last)) {
                last = time;
                text = time.toString().replace("Z", ".000Z");
            }
            return text;
        }
    }

    static String time(Instant time) {
        return new Times().of(time);
    }

    public S3Response listV2(Caller caller, Bucket bucket) {
        Options options = Options.of(caller);
        Optional<String> token = caller.parameter("continuation-token");
        String startAfter = caller.parameter("start-after").orElse("");
        String from = token.map(Listings::decoded).orElse(startAfter.isEmpty() ? "" : ListQuery.after(startAfter));
        ListQuery.Page page = options.query(from).page(bucket);
        Xml xml = options.head(bucket);
        if (!startAfter.isEmpty()) {
            xml.text("StartAfter", options.encoded(startAfter));
        }
        token.ifPresent(sent -> xml.text("ContinuationToken", sent));
        if (page.next() != null) {
            xml.text("NextContinuationToken", encoded(page.next()));
        }
        xml.text("KeyCount", page.objects().size() + page.prefixes().size());
        boolean owner = caller.parameter("fetch-owner").orElse("").equals("true");
        return options.finish(xml, page, owner);
    }

    public S3Response list(Caller caller, Bucket bucket) {
        Options options = Options.of(caller);
        String marker = caller.parameter("marker").orElse("");
        ListQuery.Page page = options.query(options.behindMarker(marker)).page(bucket);
        Xml xml = options.head(bucket).text("Marker", options.encoded(marker));
        if (page.next() != null && !options.delimiter().isEmpty()) {
            xml.text("NextMarker", options.encoded(page.last()));
        }
        return options.finish(xml, page, true);
    }

    public S3Response listVersions(Caller caller, Bucket bucket) {
        Options options = Options.of(caller);
        String marker = caller.parameter("key-marker").orElse("");
        VersionPage page = VersionPage.of(
                bucket,
                options.query(marker),
                marker,
                caller.parameter("version-id-marker").orElse(""));
        Xml xml = Xml.document("ListVersionsResult")
                .text("Name", bucket.name())
                .text("Prefix", options.encoded(options.prefix()))
                .text("KeyMarker", options.encoded(marker))
                .text("VersionIdMarker", caller.parameter("version-id-marker").orElse(""))
                .text("MaxKeys", options.most())
                .text("IsTruncated", page.truncated());
        if (page.truncated()) {
            xml.text("NextKeyMarker", options.encoded(page.nextKey())).text("NextVersionIdMarker", page.nextId());
        }
        options.encodingElement(xml);
        page.versions().forEach(version -> version(xml, options, version, bucket));
        page.prefixes()
                .forEach(prefix -> xml.open("CommonPrefixes")
                        .text("Prefix", options.encoded(prefix))
                        .close("CommonPrefixes"));
        return S3Response.xml(200, xml.close("ListVersionsResult"));
    }

    private static void version(Xml xml, Options options, Version version, Bucket bucket) {
        boolean latest = bucket.newest(version.key())
                .filter(newest -> newest.id().equals(version.id()))
                .isPresent();
        String element = version instanceof StoredObject ? "Version" : "DeleteMarker";
        xml.open(element)
                .text("Key", options.encoded(version.key()))
                .text("VersionId", version.id())
                .text("IsLatest", latest)
                .text("LastModified", time(version.modifiedAt()));
        if (version instanceof StoredObject object) {
            xml.text("ETag", '"' + object.etag() + '"')
                    .text("Size", object.size())
                    .text("StorageClass", object.attributes().storageClass());
        }
        Acl.owner(xml, "Owner").close(element);
    }

    private static String encoded(String next) {
        return Base64.getUrlEncoder().encodeToString(next.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw S3Error.argument("The continuation token provided is incorrect", "continuation-token", token);
        }
    }

    /** What both ways of listing have in common. */
    private record Options(String prefix, String delimiter, int most, boolean urlEncoded, boolean restoreStatus) {

        static Options of(Caller caller) {
            String most = caller.parameter("max-keys").orElse("1000");
            int number;
            try {
                number = Integer.parseInt(most);
            } catch (NumberFormatException e) {
                throw S3Error.argument("Provided max-keys not an integer or within integer range", "max-keys", most);
            }
            if (number < 0) {
                throw S3Error.argument(
                        "Argument maxKeys must be an integer between 0 and 2147483647", "max-keys", most);
            }
            Optional<String> encoding = caller.parameter("encoding-type");
            if (encoding.isPresent() && !encoding.get().equals("url")) {
                throw S3Error.argument("Invalid Encoding Method specified in Request", "encoding-type", encoding.get());
            }
            return new Options(
                    caller.parameter("prefix").orElse(""),
                    caller.parameter("delimiter").orElse(""),
                    Math.min(number, ListQuery.MOST),
                    encoding.isPresent(),
                    caller.header("x-amz-optional-object-attributes").orElse("").contains("RestoreStatus"));
        }

        ListQuery query(String from) {
            return new ListQuery(prefix, delimiter, from, most);
        }

        /** A marker may be a common prefix, and then all that it stands for has been listed. */
        String behindMarker(String marker) {
            if (marker.isEmpty()) {
                return "";
            }
            boolean common = !delimiter.isEmpty()
                    && marker.startsWith(prefix)
                    && marker.indexOf(delimiter, prefix.length()) == marker.length() - delimiter.length();
            return common ? Prefix.behind(marker) : ListQuery.after(marker);
        }

        String encoded(String key) {
            return urlEncoded ? UrlText.listing(key) : key;
        }

        Xml head(Bucket bucket) {
            Xml xml =
                    Xml.document("ListBucketResult").text("Name", bucket.name()).text("Prefix", encoded(prefix));
            if (!delimiter.isEmpty()) {
                xml.text("Delimiter", encoded(delimiter));
            }
            return encodingElement(xml.text("MaxKeys", most));
        }

        Xml encodingElement(Xml xml) {
            return urlEncoded ? xml.text("EncodingType", "url") : xml;
        }

        S3Response finish(Xml xml, ListQuery.Page page, boolean owner) {
            xml.text("IsTruncated", page.next() != null);
            Times times = new Times();
            for (StoredObject object : page.objects()) {
                Body body = object.body();
                xml.open("Contents")
                        .text("Key", encoded(object.key()))
                        .text("LastModified", times.of(object.modifiedAt()))
                        .text("ETag", '"' + body.etag() + '"')
                        .text("ChecksumAlgorithm", body.algorithm().name())
                        .text("ChecksumType", body.checksumType())
                        .text("Size", object.size())
                        .text("StorageClass", object.attributes().storageClass());
                if (owner) {
                    Acl.owner(xml, "Owner");
                }
                if (restoreStatus && object.attributes().archived() && object.restoredUntil() != null) {
                    xml.open("RestoreStatus")
                            .text("IsRestoreInProgress", false)
                            .text("RestoreExpiryDate", time(object.restoredUntil()))
                            .close("RestoreStatus");
                }
                xml.close("Contents");
            }
            page.prefixes()
                    .forEach(common -> xml.open("CommonPrefixes")
                            .text("Prefix", encoded(common))
                            .close("CommonPrefixes"));
            return S3Response.xml(200, xml.close("ListBucketResult"));
        }
    }

    /** One page of versions. */
    private record VersionPage(
            List<Version> versions, List<String> prefixes, boolean truncated, String nextKey, String nextId) {

        static VersionPage of(Bucket bucket, ListQuery query, String keyMarker, String idMarker) {
            List<Version> found = new ArrayList<>();
            Set<String> prefixes = new LinkedHashSet<>();
            String lastKey = "";
            String lastId = "";
            boolean within = !idMarker.isEmpty();
            String start = max(query.prefix(), keyMarker);
            for (Map.Entry<String, List<Version>> entry :
                    bucket.keys().tailMap(start, true).entrySet()) {
                String key = entry.getKey();
                if (!key.startsWith(query.prefix())) {
                    break;
                }
                if (key.equals(keyMarker) && !within) {
                    continue;
                }
                int end = query.delimiter().isEmpty()
                        ? -1
                        : key.indexOf(query.delimiter(), query.prefix().length());
                if (end >= 0) {
                    String common = key.substring(0, end + query.delimiter().length());
                    if (keyMarker.startsWith(common) || prefixes.contains(common)) {
                        continue;
                    }
                    if (found.size() + prefixes.size() == query.most()) {
                        return new VersionPage(found, List.copyOf(prefixes), true, lastKey, lastId);
                    }
                    prefixes.add(common);
                    lastKey = common;
                    lastId = "";
                    continue;
                }
                boolean skipping = key.equals(keyMarker);
                for (Version version : entry.getValue()) {
                    if (skipping) {
                        skipping = !version.id().equals(idMarker);
                        continue;
                    }
                    if (found.size() + prefixes.size() == query.most()) {
                        return new VersionPage(found, List.copyOf(prefixes), true, lastKey, lastId);
                    }
                    found.add(version);
                    lastKey = key;
                    lastId = version.id();
                }
            }
            return new VersionPage(found, List.copyOf(prefixes), false, "", "");
        }

        private static String max(String one, String other) {
            return KeyOrder.UTF_8.compare(one, other) > 0 ? one : other;
        }
    }
}
