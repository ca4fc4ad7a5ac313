package dev.restage.aws;

import dev.restage.aws.internal.wire.S3Headers;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaContent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/**
 * What belongs to an object beside its content, carried from one store to the next as the headers of a
 * {@link MediaContent}.
 *
 * @param contentType the media type; empty if unknown
 * @param headers the rest, under the names of S3's headers
 * @param tags the tags
 */
record S3Attributes(String contentType, Map<String, String> headers, Map<String, String> tags) {

    private static final String CACHE = "cache-control";
    private static final String DISPOSITION = "content-disposition";
    private static final String ENCODING = "content-encoding";
    private static final String LANGUAGE = "content-language";
    private static final String EXPIRES = "expires";
    private static final String REDIRECT = "x-amz-website-redirect-location";
    private static final String META = "x-meta-";
    private static final String USER = "x-amz-meta-";
    private static final String STORAGE_CLASS = "x-amz-storage-class";
    private static final String KMS_KEY = "x-amz-server-side-encryption-aws-kms-key-id";
    private static final String CUSTOMER_KEY = "x-amz-server-side-encryption-customer-algorithm";
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
    private static final String TAG_COUNT = "x-amz-tagging-count";
    private static final List<String> CARRIED =
            List.of(CACHE, DISPOSITION, ENCODING, LANGUAGE, EXPIRES, REDIRECT, STORAGE_CLASS, KMS_KEY, TAG_COUNT);

    /** What an answer says of its object. */
    static Map<String, String> headers(SdkHttpResponse head) {
        Map<String, String> headers = new HashMap<>();
        for (String name : CARRIED) {
            head.firstMatchingHeader(name).ifPresent(value -> headers.put(name, S3Headers.received(value)));
        }
        head.forEachHeader((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(USER)) {
                headers.put(META + lower.substring(USER.length()), S3Headers.received(values.get(0)));
            }
        });
        headers.computeIfPresent(ENCODING, (name, encoding) -> withoutFraming(encoding));
        return headers;
    }

    /** Some servers have kept the name of a framing that content had on its way, as if it were an encoding of it. */
    private static @Nullable String withoutFraming(String encoding) {
        String left = Arrays.stream(encoding.split(",", -1))
                .map(String::strip)
                .filter(coding -> !coding.equals("aws-chunked"))
                .collect(Collectors.joining(","));
        return left.isEmpty() ? null : left;
    }

    /** The MD5 of an object's content; null if its ETag is another hash: of parts, or under a key of the bucket or owner. */
    static @Nullable String md5(String etag, SdkHttpResponse head) {
        boolean plain = isMd5(etag)
                && head.firstMatchingHeader(KMS_KEY).isEmpty()
                && head.firstMatchingHeader(CUSTOMER_KEY).isEmpty();
        return plain ? etag : null;
    }

    static boolean isMd5(String etag) {
        return MD5.matcher(etag).matches();
    }

    /** Whether content that is read has tags, which take a request of their own. */
    static boolean hasTags(MediaContent content) {
        return !content.headers().getOrDefault(TAG_COUNT, "0").equals("0");
    }

    static S3Attributes of(MediaContent content, Map<String, String> tags) {
        return new S3Attributes(content.contentType(), content.headers(), tags);
    }

    static S3Attributes of(HeadObjectResponse head, Map<String, String> tags) {
        return new S3Attributes(
                head.contentType() == null ? "" : S3Headers.received(head.contentType()),
                headers(head.sdkHttpResponse()),
                tags);
    }

    PutObjectRequest.Builder apply(Set<MediaAttribute> keep, PutObjectRequest.Builder request) {
        request.overrideConfiguration(verbatim(keep));
        if (keep.contains(MediaAttribute.METADATA)) {
            request.contentType(type())
                    .cacheControl(headers.get(CACHE))
                    .contentDisposition(headers.get(DISPOSITION))
                    .contentEncoding(headers.get(ENCODING))
                    .contentLanguage(headers.get(LANGUAGE))
                    .websiteRedirectLocation(headers.get(REDIRECT))
                    .metadata(metadata());
        }
        if (keep.contains(MediaAttribute.TAGS) && !tags.isEmpty()) {
            request.tagging(tagging(tags));
        }
        if (keep.contains(MediaAttribute.STORAGE_CLASS)) {
            request.storageClass(headers.get(STORAGE_CLASS));
        }
        if (keep.contains(MediaAttribute.ENCRYPTION) && headers.containsKey(KMS_KEY)) {
            request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(headers.get(KMS_KEY));
        }
        return request;
    }

    /** The same: every attribute that one request takes, the other one takes too, under the same name. */
    CreateMultipartUploadRequest.Builder apply(Set<MediaAttribute> keep, CreateMultipartUploadRequest.Builder request) {
        PutObjectRequest put = apply(keep, PutObjectRequest.builder()).build();
        put.overrideConfiguration().ifPresent(request::overrideConfiguration);
        Map<String, SdkField<?>> fields = request.sdkFieldNameToField();
        for (SdkField<?> field : put.sdkFields()) {
            Object value = field.getValueOrDefault(put);
            if (value != null && !(value instanceof SdkAutoConstructMap)) {
                Objects.requireNonNull(fields.get(field.locationName())).set(request, value);
            }
        }
        return request;
    }

    /** What a copy inside S3 keeps of itself is only said where it must be otherwise. */
    CopyObjectRequest.Builder apply(Set<MediaAttribute> keep, CopyObjectRequest.Builder request) {
        request.overrideConfiguration(verbatim(Set.of()));
        if (keep.contains(MediaAttribute.METADATA)) {
            // It keeps all metadata but this. Source: S3 API reference, CopyObject, read 2026-11.
            request.websiteRedirectLocation(headers.get(REDIRECT));
        } else {
            request.metadataDirective(MetadataDirective.REPLACE);
        }
        if (!keep.contains(MediaAttribute.TAGS)) {
            request.taggingDirective(TaggingDirective.REPLACE).tagging("");
        }
        if (keep.contains(MediaAttribute.STORAGE_CLASS)) {
            request.storageClass(headers.get(STORAGE_CLASS));
        }
        if (keep.contains(MediaAttribute.ENCRYPTION) && headers.containsKey(KMS_KEY)) {
            request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(headers.get(KMS_KEY));
        }
        return request;
    }

    /** With more of them. */
    S3Attributes withHeaders(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new S3Attributes(contentType, all, tags);
    }

    /**
     * What goes as it was written: S3 keeps any text as the time when an object expires, such as 0, of which the SDK would
     * make no time.
     */
    private Consumer<AwsRequestOverrideConfiguration.Builder> verbatim(Set<MediaAttribute> keep) {
        return settings -> headers.forEach((name, value) -> {
            if (name.equals(EXPIRES) ? keep.contains(MediaAttribute.METADATA) : isOfAcl(name)) {
                settings.putHeader(name, value);
            }
        });
    }

    private static boolean isOfAcl(String name) {
        return name.equals("x-amz-acl") || name.startsWith("x-amz-grant-");
    }

    private @Nullable String type() {
        return contentType.isEmpty() ? null : contentType;
    }

    private Map<String, String> metadata() {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().startsWith(META))
                .collect(Collectors.toMap(header -> header.getKey().substring(META.length()), Map.Entry::getValue));
    }

    static Tagging tagging(Map<String, String> tags) {
        return Tagging.builder()
                .tagSet(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }
}
