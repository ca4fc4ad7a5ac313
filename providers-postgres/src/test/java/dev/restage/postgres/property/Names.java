package dev.restage.postgres.property;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names that programs get wrong, each one only once. */
final class Names {

    private static final int MOST_BYTES = 63;
    private static final List<String> STEMS = List.of(
            "plain",
            "Upper",
            "MiXed Case",
            "with space",
            "quo\"te",
            "apos'trophe",
            "semi;colon",
            "back\\slash",
            "$1",
            "$$dollar$$",
            "1digit",
            "per%cent",
            "comma, (paren)",
            "dot.ted",
            "--comment",
            "/*comment*/",
            "tab\there",
            "Größe",
            "naïve \u0301",
            "日本語",
            "\uD83D\uDE00",
            "select",
            "table",
            "json",
            "user",
            "{brace}",
            "?",
            ":colon");

    private final Draw draw;
    private int count;

    Names(Draw draw) {
        this.draw = draw;
    }

    /** The next name, quoted. */
    String next() {
        return quoted(unquoted());
    }

    String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private String unquoted() {
        count++;
        // A keyword must be the whole name to be one.
        String stem = draw.of(STEMS);
        String name = count <= STEMS.size() && draw.percent(30) ? STEMS.get(count - 1) : stem + " " + count;
        if (draw.percent(8)) {
            name = cut(name + "_".repeat(MOST_BYTES));
        }
        return name;
    }

    private static String cut(String name) {
        String cut = name;
        while (cut.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }
}
