package dev.restage.sandbox.s3.internal.object;

import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The headers that belong to an object, by lower-case name; the user's own begin with {@code x-amz-meta-}. */
public record Metadata(Map<String, String> headers) {

    private static final String USER = "x-amz-meta-";
    private static final String REDIRECT = "x-amz-website-redirect-location";
    private static final int MOST_USER_BYTES = 2048;

    static Metadata asked(Caller caller) {
        Map<String, String> headers = new TreeMap<>();
        int userBytes = 0;
        for (Map.Entry<String, String> header : caller.request().headers().entrySet()) {
            String name = header.getKey();
            switch (name) {
                case "content-type", "cache-control", "content-disposition", "content-language", "expires", REDIRECT ->
                    headers.put(name, header.getValue());
                case "content-encoding" -> {
                    String left = withoutFraming(header.getValue());
                    if (!left.isEmpty()) {
                        headers.put(name, left);
                    }
                }
                default -> {
                    if (name.startsWith(USER)) {
                        headers.put(name, header.getValue());
                        userBytes += name.length()
                                - USER.length()
                                + header.getValue().length();
                    }
                }
            }
        }
        if (userBytes > MOST_USER_BYTES) {
            throw new S3Error(
                    400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");
        }
        headers.putIfAbsent("content-type", "binary/octet-stream");
        return new Metadata(headers);
    }

    public static Metadata ofType(String contentType) {
        return new Metadata(Map.of("content-type", contentType));
    }

    /** A copy keeps all but a redirect, which the request for it may name anew. */
    public Metadata copied(Metadata asked) {
        Map<String, String> copy = new TreeMap<>(headers);
        copy.remove(REDIRECT);
        Optional.ofNullable(asked.headers.get(REDIRECT)).ifPresent(location -> copy.put(REDIRECT, location));
        return new Metadata(copy);
    }

    public void describe(S3Response response) {
        headers.forEach(response::header);
    }

    /** The SDKs say in this header how they framed the body, which S3 does not keep. */
    private static String withoutFraming(String encoding) {
        return encoding.replaceFirst("^aws-chunked,? *", "").replaceFirst(", *aws-chunked$", "");
    }
}
