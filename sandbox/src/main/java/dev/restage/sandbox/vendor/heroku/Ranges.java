package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Heroku's paging of lists: {@code Range: version ]3..; max=1, order=desc} is answered by the first of them, and {@code Next-Range}
 * if there are more.
 */
final class Ranges {

    private static final Pattern RANGE = Pattern.compile("(\\w+) +(]?)([^.\\]]*)\\.\\.([^;]*);?(.*)", Pattern.DOTALL);
    private static final Pattern MAX = Pattern.compile("max=(\\d+)");
    private static final int USUAL = 200;
    private static final int MOST = 1000;

    private Ranges() {}

    static VendorReply page(VendorRequest request, String attribute, List<Map<String, @Nullable Object>> ascending) {
        String header = request.header("range").orElse(attribute + " ..");
        Matcher range = RANGE.matcher(header);
        if (!range.matches() || !range.group(1).equals(attribute)) {
            throw HerokuApps.refused(416, "requested_range_not_satisfiable", "Range header is invalid: " + header);
        }
        boolean descending = range.group(5).contains("order=desc");
        Matcher wanted = MAX.matcher(range.group(5));
        int max = wanted.find() ? Math.min(MOST, Integer.parseInt(wanted.group(1))) : USUAL;
        List<Map<String, @Nullable Object>> items = new ArrayList<>(ascending);
        if (descending) {
            Collections.reverse(items);
        }
        int from = start(items, attribute, range.group(3), !range.group(2).isEmpty());
        int to = Math.min(items.size(), from + max);
        List<Map<String, @Nullable Object>> page = items.subList(from, to);
        VendorReply reply =
                VendorReply.json(to < items.size() ? 206 : 200, page).with("Accept-Ranges", attribute);
        if (page.isEmpty()) {
            return reply;
        }
        String last = String.valueOf(page.get(page.size() - 1).get(attribute));
        reply = reply.with(
                "Content-Range", "%s %s..%s".formatted(attribute, page.get(0).get(attribute), last));
        String order = descending ? ", order=desc" : "";
        return to < items.size()
                ? reply.with("Next-Range", "%s ]%s..; max=%d%s".formatted(attribute, last, max, order))
                : reply;
    }

    private static int start(
            List<Map<String, @Nullable Object>> items, String attribute, String from, boolean exclusive) {
        if (from.isBlank()) {
            return 0;
        }
        for (int i = 0; i < items.size(); i++) {
            if (from.strip().equals(String.valueOf(items.get(i).get(attribute)))) {
                return exclusive ? i + 1 : i;
            }
        }
        return items.size();
    }
}
