package dev.restage.postgres.internal.media;

import dev.restage.postgres.internal.media.RowGraph.Table;
import dev.restage.provider.media.MediaQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Finds references in texts and in JSON. A string of JSON that is JSON itself is gone through as if it stood there. */
final class TextLinks {

    private static final Pattern KEY = Pattern.compile("\\d{1,18}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final ObjectReader JSON = JsonMapper.shared().reader();

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
            try {
                walk(JSON.readTree(text), name, inBlock);
                return;
            } catch (JacksonException e) {
                // a text that only begins like JSON
            }
        }
        for (Form form : forms) {
            for (Matcher matcher = form.expression().matcher(text); matcher.find(); ) {
                String key = matcher.group(1);
                form.tables().forEach(table -> found.accept(table, key));
            }
        }
    }

    private void walk(JsonNode node, String name, boolean inBlock) {
        if (node.isArray()) {
            node.forEach(element -> walk(element, name, inBlock));
        } else if (node.isObject()) {
            boolean block = node.has(texts.blockName()) && node.has(texts.blockValue());
            node.properties().forEach(member -> {
                boolean isValue = block && member.getKey().equals(texts.blockValue());
                walk(
                        member.getValue(),
                        isValue ? node.path(texts.blockName()).asString("") : member.getKey(),
                        inBlock || isValue);
            });
        } else if (!node.isNull()) {
            read(node.asString(), name, inBlock);
        }
    }
}
