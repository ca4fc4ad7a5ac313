package dev.restage.sandbox.vendor.github;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** GitHub's paging: {@code per_page} and {@code page} in, a {@code Link} header out when one page does not suffice. */
final class GitHubPages {

    private static final int USUAL = 30;
    private static final int MOST = 100;

    private GitHubPages() {}

    static VendorReply list(URI origin, VendorRequest request, List<Map<String, @Nullable Object>> all) {
        return linked(origin, request, all.size(), VendorReply.json(200, cut(request, all)));
    }

    /** As {@code list}, but with the list as a member beside {@code total_count}. */
    static VendorReply wrapped(
            URI origin, VendorRequest request, String member, List<Map<String, @Nullable Object>> all) {
        Object body = Json.of("total_count", all.size(), member, cut(request, all));
        return linked(origin, request, all.size(), VendorReply.json(200, body));
    }

    private static <T> List<T> cut(VendorRequest request, List<T> all) {
        int size = perPage(request);
        int from = Math.min(all.size(), (page(request) - 1) * size);
        return all.subList(from, Math.min(all.size(), from + size));
    }

    private static VendorReply linked(URI origin, VendorRequest request, int total, VendorReply reply) {
        int page = page(request);
        int last = (total + perPage(request) - 1) / perPage(request);
        if (last <= 1) {
            return reply;
        }
        StringJoiner links = new StringJoiner(", ");
        if (page > 1) {
            links.add(link(origin, request, page - 1, "prev")).add(link(origin, request, 1, "first"));
        }
        if (page < last) {
            links.add(link(origin, request, page + 1, "next")).add(link(origin, request, last, "last"));
        }
        return reply.with("Link", links.toString());
    }

    private static String link(URI origin, VendorRequest request, int page, String rel) {
        String others = request.sent().query().replaceAll("(^|&)page=\\d+", "").replaceFirst("^&", "");
        String query = others.isEmpty() ? "page=" + page : others + "&page=" + page;
        return "<%s%s?%s>; rel=\"%s\"".formatted(origin, request.sent().path(), query, rel);
    }

    private static int page(VendorRequest request) {
        return Math.max(1, request.number("page", 1));
    }

    private static int perPage(VendorRequest request) {
        return Math.min(MOST, Math.max(1, request.number("per_page", USUAL)));
    }
}
