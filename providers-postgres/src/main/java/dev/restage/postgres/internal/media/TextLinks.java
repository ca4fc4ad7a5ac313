package dev.restage.postgres.internal.media;

import dev.restage.http.Json;
import dev.restage.postgres.internal.media.RowGraph.Table;
import dev.restage.provider.MediaQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds references in texts and in JSON. A string of JSON that is JSON itself is gone through as if it stood there. */
final class TextLinks {

    private static final Pattern KEY = Pattern.compile("\\d{1,18}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private record Form(Pattern expression, List<Table> tables) {}

    private final List<Form> forms = new ArrayList<>();
    private final MediaQuery.Texts texts;
    private final Map<String, Set<Table>> names;
    private final List<Table> anyFile;
    private final BiConsumer<Table, String> found;

    /**
     * @param names the tables that numbers of a name refer to
     * @param anyFile the tables that numbers of other names may refer to within a block
     * @param found hears of the table and key of each reference, more than once if it is there more than once
     */
    TextLinks(
            RowGraph graph,
            MediaQuery.Texts texts,
            Map<String, Set<Table>> names,
            List<Table> anyFile,
            BiConsumer<Table, String> found) {
        texts.links()
                .forEach(link -> forms.add(new Form(
                        Pattern.compile(link.expression()),
                        graph.tables(link.tables()).toList())));
        this.texts = texts;
        this.names = names;
        this.anyFile = anyFile;
        this.found = found;
    }

    void read(String text) {
        read(text, "", false);
    }

    private void read(String text, String name, boolean inBlock) {
        if (KEY.matcher(text).matches()) {
            Set<Table> known = names.get(name);
            if (known != null) {
                known.forEach(table -> found.accept(table, text));
            } else if (inBlock) {
                anyFile.forEach(table -> found.accept(table, text));
            }
            return;
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            Json json = Json.parse(text);
            if (!json.isMissing()) {
                walk(json, name, inBlock);
                return;
            }
        }
        for (Form form : forms) {
            for (Matcher matcher = form.expression().matcher(text); matcher.find(); ) {
                String key = matcher.group(1);
                form.tables().forEach(table -> found.accept(table, key));
            }
        }
    }

    private void walk(Json json, String name, boolean inBlock) {
        if (json.isList()) {
            json.forEach(element -> walk(element, name, inBlock));
        } else if (json.isObject()) {
            Map<String, Json> members = json.members();
            boolean block = members.containsKey(texts.blockName()) && members.containsKey(texts.blockValue());
            members.forEach((member, value) -> {
                boolean isValue = block && member.equals(texts.blockValue());
                walk(value, isValue ? json.text(texts.blockName()) : member, inBlock || isValue);
            });
        } else {
            json.find().ifPresent(text -> read(text, name, inBlock));
        }
    }
}
