package dev.restage.aws;

import dev.restage.provider.Address;
import java.util.regex.Pattern;

/** A bucket and a prefix in it, which is empty or ends in a slash. */
record S3Location(String bucket, String prefix) {

    /** The end of the names of directory buckets. Source: S3 user guide, read 2026-11. */
    private static final String DIRECTORY_BUCKET = "--x-s3";

    /** Old buckets have capitals and underscores too. Source: S3 user guide, bucket naming rules, read 2026-11. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]");

    static S3Location of(Address address) {
        String path = address.path();
        if (!path.startsWith("//") || path.length() == 2 || path.charAt(2) == '/') {
            throw new IllegalArgumentException("not a bucket: \"%s\"; write s3://bucket/prefix".formatted(address));
        }
        int slash = path.indexOf('/', 2);
        String bucket = slash < 0 ? path.substring(2) : path.substring(2, slash);
        String prefix = slash < 0 ? "" : path.substring(slash + 1);
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no name of a bucket in \"%s\"; write s3://bucket/prefix, and a server as ?endpoint="
                            .formatted(bucket, address));
        }
        if (bucket.endsWith(DIRECTORY_BUCKET)) {
            throw new IllegalArgumentException(
                    "%s is a directory bucket, which lists in no order, so it cannot be compared safely; use a general purpose bucket"
                            .formatted(address));
        }
        return new S3Location(bucket, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
    }

    String full(String key) {
        return prefix + key;
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + prefix;
    }
}
