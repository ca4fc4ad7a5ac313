package dev.restage.aws;

import dev.restage.provider.Identity;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaObject;
import java.net.URI;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether two places are one although their names differ: a server has several names, and a bucket that of an access point too.
 *
 * @param one below a bucket
 * @param other below a bucket
 */
record S3Likeness(S3MediaStore one, S3MediaStore other) {

    /** A page of a listing: enough to find one object in both. */
    private static final int MOST = 1000;

    /** The end of an access point's name that stands for its bucket. Source: S3 user guide, access point aliases, read 2026-11. */
    private static final String ALIAS = "-s3alias";

    boolean found() {
        String here = one.location().prefix();
        String there = other.location().prefix();
        if (!namesMatch() || !(here.startsWith(there) || there.startsWith(here))) {
            return false;
        }
        String deeper = here.length() > there.length() ? here : there;
        Map<String, MediaObject> seen = first(one, deeper);
        Map<String, MediaObject> others = first(other, deeper);
        long all = Math.max(seen.size(), others.size());
        if (all == 0) {
            return isOneServer();
        }
        long same = others.entrySet().stream()
                .filter(object -> isOne(object.getValue(), seen.get(object.getKey())))
                .count();
        // One object can be uploaded and copied in one second, and one can change between two listings.
        return same * 2 > all;
    }

    private boolean namesMatch() {
        String here = one.location().bucket();
        String there = other.location().bucket();
        if (here.equals(there)) {
            return !one.access()
                    .config()
                    .server()
                    .equals(other.access().config().server());
        }
        return here.endsWith(ALIAS) || there.endsWith(ALIAS);
    }

    /** What an object is called below the deeper prefix, and the object. */
    private static Map<String, MediaObject> first(S3MediaStore store, String deeper) {
        String below = deeper.substring(store.location().prefix().length());
        Map<String, MediaObject> found = new HashMap<>();
        Iterator<MediaObject> objects = store.list(KeyRange.of(below));
        while (found.size() < MOST && objects.hasNext()) {
            MediaObject object = objects.next();
            found.put(object.key().substring(below.length()), object);
        }
        return found;
    }

    private static boolean isOne(MediaObject object, @Nullable MediaObject same) {
        return same != null
                && object.modifiedAt().equals(same.modifiedAt())
                && object.etag().equals(same.etag())
                && object.sizeBytes() == same.sizeBytes();
    }

    /** Where nothing lies, only the addresses of the servers are left to tell. */
    private boolean isOneServer() {
        URI here = one.access().config().endpoint();
        URI there = other.access().config().endpoint();
        return here != null
                && there != null
                && AwsConfig.port(here) == AwsConfig.port(there)
                && Identity.sameHost(here.getHost(), there.getHost());
    }
}
