package dev.restage.sandbox.site.internal.rows;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.site.Person;
import dev.restage.sandbox.site.internal.content.Content;
import dev.restage.sandbox.site.internal.content.Content.Submission;
import dev.restage.sandbox.site.internal.content.ContentGenerator;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows about what visitors did: forms sent, words searched for. */
final class VisitorRows {

    private VisitorRows() {}

    static void add(Content content, Rows rows) {
        int number = 1;
        for (Submission submission : content.submissions()) {
            Person sender = submission.sender();
            Map<String, String> form = new LinkedHashMap<>();
            form.put("your_name", sender.fullName());
            form.put("your_email", sender.email());
            form.put("message", submission.message());
            rows.add(
                    "wagtailforms_formsubmission",
                    number++,
                    Json.ascii(form),
                    submission.submitted(),
                    ContentGenerator.FORM);
        }
        List<String> queries = new ArrayList<>(List.of("annual report", "opening hours", "jobs"));
        content.accounts().stream()
                .limit(6)
                .map(account -> account.person())
                .forEach(person -> queries.add(person.fullName()));
        queries.add(content.accounts().get(7).person().email());
        for (int id = 1; id <= queries.size(); id++) {
            rows.add("wagtailsearchpromotions_query", id, queries.get(id - 1));
            rows.add(
                    "wagtailsearchpromotions_querydailyhits",
                    id,
                    LocalDate.ofInstant(Content.NEWEST, ZoneOffset.UTC),
                    id * 3,
                    id);
        }
        String link = "https://%s/news/".formatted(content.hosts().main());
        rows.add(
                "wagtailsearchpromotions_searchpromotion", 1, 0, "Our reports", ContentGenerator.BLOG_INDEX, 1, "", "");
        rows.add("wagtailsearchpromotions_searchpromotion", 2, 0, "Work with us", null, 3, "Jobs", link);
    }
}
