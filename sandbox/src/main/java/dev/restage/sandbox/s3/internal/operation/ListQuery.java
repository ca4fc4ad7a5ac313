package dev.restage.sandbox.s3.internal.operation;

import dev.restage.provider.media.KeyOrder;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a listing asks for, whatever its protocol.
 *
 * @param prefix what keys begin with
 * @param delimiter what ends a common prefix; empty for none
 * @param from where to begin: no key is less than this text
 * @param most how many keys and common prefixes
 */
record ListQuery(String prefix, String delimiter, String from, int most) {

    static final int MOST = 1000;

    /**
     * One page.
     *
     * @param objects in order
     * @param prefixes common prefixes, in order
     * @param next where the next page begins; null if this is the last
     * @param last the last key or common prefix of this page; empty if there is none
     */
    record Page(
            List<StoredObject> objects,
            List<String> prefixes,
            @Nullable String next,
            String last) {}

    /** {@return the least text greater than a key} */
    static String after(String key) {
        return key + '\0';
    }

    /** Costs as much as the page is long, wherever it begins. */
    Page page(Bucket bucket) {
        List<StoredObject> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        String last = "";
        String start = KeyOrder.UTF_8.compare(from, prefix) < 0 ? prefix : from;
        if (most == 0) {
            return new Page(objects, prefixes, null, last);
        }
        Iterator<StoredObject> each = bucket.from(start);
        while (each.hasNext()) {
            StoredObject object = each.next();
            if (!object.key().startsWith(prefix)) {
                break;
            }
            String common = common(object.key());
            if (objects.size() + prefixes.size() == most) {
                String next = common.isEmpty() ? object.key() : max(common, start);
                return new Page(objects, prefixes, next, last);
            }
            if (common.isEmpty()) {
                objects.add(object);
                last = object.key();
            } else {
                prefixes.add(common);
                last = common;
                each = bucket.from(Prefix.behind(common));
            }
        }
        return new Page(objects, prefixes, null, last);
    }

    private String common(String key) {
        if (delimiter.isEmpty()) {
            return "";
        }
        int end = key.indexOf(delimiter, prefix.length());
        return end < 0 ? "" : key.substring(0, end + delimiter.length());
    }

    private static String max(String one, String other) {
        return KeyOrder.UTF_8.compare(one, other) > 0 ? one : other;
    }
}
