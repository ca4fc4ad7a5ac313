package dev.restage.aws;

import dev.restage.provider.MediaContent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Carries what belongs to an object from one store to the next. */
final class S3Headers {

    private static final String CACHE = "cache-control";
    private static final String DISPOSITION = "content-disposition";
    private static final String ENCODING = "content-encoding";
    private static final String LANGUAGE = "content-language";
    private static final String META = "x-meta-";

    private S3Headers() {}

    static Map<String, String> of(GetObjectResponse head) {
        Map<String, String> headers = new HashMap<>();
        put(headers, CACHE, head.cacheControl());
        put(headers, DISPOSITION, head.contentDisposition());
        put(headers, ENCODING, head.contentEncoding());
        put(headers, LANGUAGE, head.contentLanguage());
        head.metadata().forEach((name, value) -> headers.put(META + name, value));
        return headers;
    }

    static PutObjectRequest.Builder apply(MediaContent content, PutObjectRequest.Builder request) {
        return request.contentType(type(content))
                .cacheControl(content.headers().get(CACHE))
                .contentDisposition(content.headers().get(DISPOSITION))
                .contentEncoding(content.headers().get(ENCODING))
                .contentLanguage(content.headers().get(LANGUAGE))
                .metadata(metadata(content));
    }

    static CreateMultipartUploadRequest.Builder apply(
            MediaContent content, CreateMultipartUploadRequest.Builder request) {
        return request.contentType(type(content))
                .cacheControl(content.headers().get(CACHE))
                .contentDisposition(content.headers().get(DISPOSITION))
                .contentEncoding(content.headers().get(ENCODING))
                .contentLanguage(content.headers().get(LANGUAGE))
                .metadata(metadata(content));
    }

    static CreateMultipartUploadRequest.Builder apply(
            HeadObjectResponse head, CreateMultipartUploadRequest.Builder request) {
        return request.contentType(head.contentType())
                .cacheControl(head.cacheControl())
                .contentDisposition(head.contentDisposition())
                .contentEncoding(head.contentEncoding())
                .contentLanguage(head.contentLanguage())
                .metadata(head.metadata());
    }

    private static @Nullable String type(MediaContent content) {
        return content.contentType().isEmpty() ? null : content.contentType();
    }

    private static Map<String, String> metadata(MediaContent content) {
        Map<String, String> metadata = new HashMap<>();
        content.headers().forEach((name, value) -> {
            if (name.startsWith(META)) {
                metadata.put(name.substring(META.length()), value);
            }
        });
        return metadata;
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }
}
