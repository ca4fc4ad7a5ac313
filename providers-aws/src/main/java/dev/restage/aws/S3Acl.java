package dev.restage.aws;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.MediaAttribute;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Carries the access lists of objects from one bucket to the other. A list goes with the request that writes the copy, so
 * that no copy is there without it. What the source grants to its owner, the owner of the copy has; all others get what
 * they have at the source.
 */
record S3Acl(S3MediaStore source, S3MediaStore target) {

    private static final String GROUPS = "http://acs.amazonaws.com/groups/global/";

    /** The lists that have a name, by what they grant beside the owner. Source: S3 user guide, read 2026-11. */
    private static final Map<Set<String>, String> CANNED = Map.of(
            Set.of(),
            "private",
            Set.of("READ AllUsers"),
            "public-read",
            Set.of("READ AllUsers", "WRITE AllUsers"),
            "public-read-write",
            Set.of("READ AuthenticatedUsers"),
            "authenticated-read");

    /** The list of an object, as headers of the request that writes its copy. */
    Map<String, String> headers(String key) {
        GetObjectAclResponse acl = source.access()
                .client()
                .getObjectAcl(request -> request.bucket(source.location().bucket())
                        .key(source.location().full(key)));
        String owner = acl.owner().id();
        Set<String> others = new HashSet<>();
        for (Grant grant : acl.grants()) {
            if (!owner.equals(grant.grantee().id())) {
                others.add("%s %s".formatted(grant.permissionAsString(), name(grant)));
            }
        }
        String canned = CANNED.get(others);
        return canned != null ? Map.of("x-amz-acl", canned) : granted(acl, owner);
    }

    private static String name(Grant grant) {
        String uri = grant.grantee().uri();
        return uri != null && uri.startsWith(GROUPS) ? uri.substring(GROUPS.length()) : "other";
    }

    /** Such headers leave nothing to the owner that they do not name. */
    private Map<String, String> granted(GetObjectAclResponse acl, String owner) {
        String newOwner = owner(target).orElse(owner);
        Map<Permission, List<String>> grantees = new EnumMap<>(Permission.class);
        grantees.computeIfAbsent(Permission.FULL_CONTROL, any -> new ArrayList<>())
                .add("id=\"%s\"".formatted(newOwner));
        for (Grant grant : acl.grants()) {
            String id = grant.grantee().id();
            if (!owner.equals(id)) {
                grantees.computeIfAbsent(grant.permission(), any -> new ArrayList<>())
                        .add(id == null ? "uri=\"%s\"".formatted(grant.grantee().uri()) : "id=\"%s\"".formatted(id));
            }
        }
        Map<String, String> headers = new HashMap<>();
        grantees.forEach((permission, names) -> headers.put(
                "x-amz-grant-" + permission.toString().toLowerCase(Locale.ROOT).replace('_', '-'),
                String.join(", ", names)));
        return headers;
    }

    /**
     * What has to be known of it before anything is copied.
     *
     * @throws ProviderException {@code UNSUPPORTED} if the target takes no lists
     */
    List<String> terms() {
        if (takesNone()) {
            throw new ProviderException(
                    Kind.UNSUPPORTED,
                    "%s takes no access lists, as its owner owns all objects; leave ACL out of what is kept"
                            .formatted(target.location()),
                    ProviderException.Effect.NONE,
                    null);
        }
        Optional<String> from = owner(source);
        Optional<String> to = owner(target);
        return from.isPresent() && from.equals(to)
                ? List.of()
                : List.of(
                        "copies in %s belong to %s, who gets what the source grants to its owner%s; everybody else keeps what the source grants, and an object whose list names somebody whom the server does not know is not copied"
                                .formatted(
                                        target.location(),
                                        to.map("the owner of the bucket, %s"::formatted)
                                                .orElse("who writes them"),
                                        from.map(", %s"::formatted).orElse("")));
    }

    private boolean takesNone() {
        return known(() -> target
                        .access()
                        .client()
                        .getBucketOwnershipControls(
                                request -> request.bucket(target.location().bucket()))
                        .ownershipControls()
                        .rules()
                        .stream()
                        .anyMatch(rule -> rule.objectOwnership() == ObjectOwnership.BUCKET_OWNER_ENFORCED))
                .orElse(false);
    }

    private static Optional<String> owner(S3MediaStore store) {
        return known(() -> store.access()
                .client()
                .getBucketAcl(request -> request.bucket(store.location().bucket()))
                .owner()
                .id());
    }

    /** Not every server knows such settings, nor may every key read them. */
    private static <T> Optional<T> known(Supplier<T> setting) {
        try {
            return Optional.ofNullable(setting.get());
        } catch (S3Exception e) {
            if (e.statusCode() / 100 == 4 || e.statusCode() == 501) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** For what passes through here: the list of an object is not read with it. */
    static ProviderException unseen(S3Location target) {
        return new ProviderException(
                Kind.UNSUPPORTED,
                ("access lists cannot be kept on their way to %s: one key must read the source and write the target, and"
                                + " the bytes must not pass through here; use such a key, or leave %s out of what is kept")
                        .formatted(target, MediaAttribute.ACL),
                ProviderException.Effect.NONE,
                null);
    }
}
