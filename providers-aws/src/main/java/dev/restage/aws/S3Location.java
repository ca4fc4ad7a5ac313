package dev.restage.aws;

import dev.restage.provider.Address;

/** A bucket and a prefix in it, which is empty or ends in a slash. */
record S3Location(String bucket, String prefix) {

    /** The end of the names of directory buckets. Source: S3 user guide, read 2026-11. */
    private static final String DIRECTORY_BUCKET = "--x-s3";

    static S3Location of(Address address) {
        String path = address.path();
        if (!path.startsWith("//") || path.length() == 2 || path.charAt(2) == '/') {
            throw new IllegalArgumentException("not a bucket: \"%s\"; write s3://bucket/prefix".formatted(address));
        }
        int slash = path.indexOf('/', 2);
        String bucket = slash < 0 ? path.substring(2) : path.substring(2, slash);
        String prefix = slash < 0 ? "" : path.substring(slash + 1);
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
