package dev.restage.aws;

import dev.restage.provider.Address;

/** A bucket and a prefix in it, which is empty or ends in a slash. */
record S3Location(String bucket, String prefix) {

    static S3Location of(Address address) {
        String path = address.path();
        if (!path.startsWith("//") || path.length() == 2 || path.charAt(2) == '/') {
            throw new IllegalArgumentException("not a bucket: \"%s\"; write s3://bucket/prefix".formatted(address));
        }
        int slash = path.indexOf('/', 2);
        String bucket = slash < 0 ? path.substring(2) : path.substring(2, slash);
        String prefix = slash < 0 ? "" : path.substring(slash + 1);
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
