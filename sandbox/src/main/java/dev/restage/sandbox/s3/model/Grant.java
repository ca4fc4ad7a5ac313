package dev.restage.sandbox.s3.model;

import java.util.Set;
import java.util.TreeSet;

/**
 * A right: some actions on one resource. As in IAM, what no grant allows is refused.
 *
 * @param resource the name of a bucket or the id of a KMS key; {@code *} for all
 * @param actions names of IAM actions, such as {@code s3:GetObject}; a {@code *} at the end stands for any rest
 */
public record Grant(String resource, Set<String> actions) {

    /**
     * Copies the actions.
     *
     * @param resource the name of a bucket or the id of a KMS key; {@code *} for all
     * @param actions names of IAM actions
     */
    public Grant {
        actions = Set.copyOf(actions);
    }

    /**
     * Grants some actions.
     *
     * @param resource the name of a bucket or the id of a KMS key
     * @param actions names of IAM actions
     * @return the right
     */
    public static Grant of(String resource, String... actions) {
        return new Grant(resource, Set.of(actions));
    }

    /**
     * Grants to list a bucket and to read its objects, with their tags, ACLs and versions.
     *
     * @param bucket the bucket's name
     * @return the right
     */
    public static Grant read(String bucket) {
        return of(bucket, "s3:GetBucket*", "s3:ListBucket*", "s3:GetObject*", "s3:GetEncryptionConfiguration");
    }

    /**
     * Grants to list a bucket, to put objects with tags and ACLs, and to delete them; not to read them.
     *
     * @param bucket the bucket's name
     * @return the right
     */
    public static Grant write(String bucket) {
        return of(
                bucket,
                "s3:ListBucket*",
                "s3:GetBucket*",
                "s3:PutObject*",
                "s3:DeleteObject*",
                "s3:AbortMultipartUpload",
                "s3:ListMultipartUploadParts");
    }

    /**
     * {@return the same right without some actions}
     *
     * @param without names of actions exactly as this right has them
     */
    public Grant without(String... without) {
        Set<String> left = new TreeSet<>(actions);
        Set.of(without).forEach(left::remove);
        return new Grant(resource, left);
    }

    /**
     * {@return whether this is a right to do something}
     *
     * @param action the name of an IAM action
     * @param on the name of a bucket or the id of a KMS key
     */
    public boolean allows(String action, String on) {
        return (resource.equals("*") || resource.equals(on))
                && actions.stream()
                        .anyMatch(name -> name.endsWith("*")
                                ? action.startsWith(name.substring(0, name.length() - 1))
                                : action.equals(name));
    }
}
