package dev.restage.masking.value;

import dev.restage.masking.value.WholeMask.Json.At;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Masks strings and numbers of a JSON text by where they are, and names of members that are somebody's. A string that is JSON itself is gone through as if it stood
 * there. What is not masked stays as it is written: blanks, escapes, numbers of any length, several members of one name.
 */
final class JsonWalk {

    /** A server takes what its stack allows, some thousands; a value has at most 1 GB. */
    private static final int DEEPEST = 10_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .build();

    static final String TOP = "$";
    private static final Pattern SEGMENT = Pattern.compile("\\.([^.\\[\\]]+)|\\[([^\\]]+)]");

    /** A name that a program gives; others may be somebody's. */
    private static final Pattern GIVEN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,60}");

    private static final Map<String, List<String>> PATHS = new ConcurrentHashMap<>();

    private final List<At> rules;
    private final @Nullable At all;
    private final MaskKey key;
    private final PublicTexts known;
    private final @Nullable BiConsumer<String, String> open;
    private final Deque<String> place = new ArrayDeque<>();

    /** A part of a text, and what is written instead. */
    private record Edit(int from, int to, String text) {}

    /** An object or array that is being read: the rule for all in it, and how many elements of an array came by. */
    private static final class Open {
        private final @Nullable At rule;
        private final boolean array;
        private int elements;

        Open(@Nullable At rule, boolean array) {
            this.rule = rule;
            this.array = array;
        }
    }

    JsonWalk(List<At> rules, MaskKey key, PublicTexts known) {
        this.rules = rules;
        this.all = null;
        this.key = key;
        this.known = known;
        this.open = null;
    }

    /** Changes nothing, and tells of what no rule is for. */
    private JsonWalk(List<At> rules, BiConsumer<String, String> open) {
        this.rules =
                rules.stream().map(rule -> new At(rule.path(), Mask.keep())).toList();
        this.all = null;
        this.key = MaskKey.of(TOP);
        this.known = PublicTexts.NONE;
        this.open = open;
    }

    JsonWalk(Mask all, MaskKey key) {
        this.rules = List.of();
        this.all = new At(TOP, all);
        this.key = key;
        this.known = PublicTexts.NONE;
        this.open = null;
    }

    /**
     * Tells of all strings, numbers and names of members that no rule is for, as far as a text is JSON.
     *
     * @param reader takes the path, in which {@code *} stands for elements and for names that no program gives, and the text
     */
    static void open(List<At> rules, String text, BiConsumer<String, String> reader) {
        new JsonWalk(rules, reader).in(text);
    }

    /** The text with what is masked in it; empty if it is not JSON. */
    Optional<String> in(String text) {
        List<Edit> edits = new ArrayList<>();
        return read(text, at(all), edits) ? Optional.of(edited(text, edits)) : Optional.empty();
    }

    /**
     * Tells of all strings of a JSON text, also of those in JSON in strings.
     *
     * @param name what those are called that are in no member
     * @param reader takes the name of the innermost member, and the string
     */
    static void strings(String name, String text, BiConsumer<String, String> reader) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            Deque<String> names = new ArrayDeque<>(List.of(name));
            String member = name;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    member = parser.currentName();
                } else if (token.isStructStart()) {
                    names.push(member);
                } else if (token.isStructEnd()) {
                    member = names.pop();
                } else if (token == JsonToken.VALUE_STRING) {
                    String value = parser.getString();
                    if (looksLikeJson(value)) {
                        strings(member, value, reader);
                    } else {
                        reader.accept(member, value);
                    }
                }
            }
        } catch (JacksonException e) {
            reader.accept(name, text);
        }
    }

    private static String edited(String text, List<Edit> edits) {
        if (edits.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 64);
        int done = 0;
        for (Edit edit : edits) {
            out.append(text, done, edit.from()).append(edit.text());
            done = edit.to();
        }
        return out.append(text, done, text.length()).toString();
    }

    /** Finds what is to be changed, from front to back; whether the text is JSON at all. */
    private boolean read(String text, @Nullable At outer, List<Edit> edits) {
        int depth = place.size();
        List<Open> open = new ArrayList<>();
        boolean ended = false;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (ended) {
                    return false;
                }
                if (token == JsonToken.PROPERTY_NAME) {
                    place.addLast(parser.currentName());
                    name(text, parser, open.get(open.size() - 1).rule, edits);
                } else if (token.isStructEnd()) {
                    open.remove(open.size() - 1);
                    ended = left(open);
                } else {
                    At rule = entered(open, outer);
                    if (token.isStructStart()) {
                        open.add(new Open(rule, token == JsonToken.START_ARRAY));
                    } else {
                        scalar(text, parser, rule, edits);
                        ended = left(open);
                    }
                }
            }
        } catch (JacksonException e) {
            ended = false;
        }
        while (place.size() > depth) {
            place.removeLast();
        }
        return ended;
    }

    /** The rule for the value that begins. */
    private @Nullable At entered(List<Open> open, @Nullable At outer) {
        if (open.isEmpty()) {
            return outer;
        }
        Open around = open.get(open.size() - 1);
        if (around.array) {
            place.addLast("[" + around.elements++);
        }
        return at(around.rule);
    }

    /** Leaves the place of a value that was read; whether it was the outermost. */
    private boolean left(List<Open> open) {
        if (open.isEmpty()) {
            return true;
        }
        place.removeLast();
        return false;
    }

    /** The rule is that for the object; paths go by the name as it was. */
    private void name(String json, JsonParser parser, @Nullable At rule, List<Edit> edits) {
        String name = place.getLast();
        if (rule == null) {
            if (open != null && !GIVEN.matcher(name).matches()) {
                open.accept(path(), name);
            }
            return;
        }
        String masked = MemberName.masked(name, rule.mask(), key);
        if (!masked.equals(name)) {
            int from = start(parser) + 1;
            edits.add(new Edit(from, JsonText.closing(json, from), JsonText.escaped(masked)));
        }
    }

    private void scalar(String json, JsonParser parser, @Nullable At rule, List<Edit> edits) {
        JsonToken token = parser.currentToken();
        if (open != null && rule == null && token.isNumeric()) {
            open.accept(path(), parser.getString());
        } else if (token == JsonToken.VALUE_STRING) {
            string(json, parser, rule, edits);
        } else if (token.isNumeric() && rule != null) {
            String number = parser.getString();
            String masked = rule.mask() instanceof TextMask.UnlessPublic && !known.masksNumbersOf(member())
                    ? number
                    : JsonNumber.masked(number, rule, key);
            if (!masked.equals(number)) {
                int from = start(parser);
                edits.add(new Edit(from, from + number.length(), masked));
            }
        }
    }

    private void string(String json, JsonParser parser, @Nullable At rule, List<Edit> edits) {
        String text = parser.getString();
        if (looksLikeJson(text)) {
            List<Edit> inner = new ArrayList<>();
            if (read(text, rule, inner)) {
                if (!inner.isEmpty()) {
                    int[] places = JsonText.places(json, start(parser) + 1, end(parser) - 1, text.length());
                    inner.forEach(edit ->
                            edits.add(new Edit(places[edit.from()], places[edit.to()], JsonText.escaped(edit.text()))));
                }
                return;
            }
        }
        if (open != null && rule == null) {
            open.accept(path(), text);
        }
        if (rule == null
                || text.isEmpty()
                || (rule.mask() instanceof TextMask.UnlessPublic && known.has(member(), text))) {
            return;
        }
        @Nullable String masked = Elements.applied(rule.mask(), text, MaskTarget.TEXT, key);
        if (masked == null) {
            edits.add(new Edit(start(parser), end(parser), "null"));
        } else if (!masked.equals(text)) {
            edits.add(new Edit(start(parser), end(parser), '"' + JsonText.escaped(masked) + '"'));
        }
    }

    private String path() {
        StringBuilder path = new StringBuilder(TOP);
        for (String name : place) {
            boolean element = name.startsWith("[");
            path.append(element ? "[*]" : GIVEN.matcher(name).matches() ? '.' + name : ".*");
        }
        return path.toString();
    }

    /** The name of the innermost member that the place is in. */
    private String member() {
        for (Iterator<String> names = place.descendingIterator(); names.hasNext(); ) {
            String name = names.next();
            if (!name.startsWith("[")) {
                return name;
            }
        }
        return "";
    }

    private static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    /** Behind the value, once it was asked for as a whole. */
    private static int end(JsonParser parser) {
        return (int) parser.currentLocation().getCharOffset();
    }

    /** The rule for the place: the first one for it, or what holds around it. */
    private @Nullable At at(@Nullable At outer) {
        for (At rule : rules) {
            if (fits(rule.path())) {
                return rule;
            }
        }
        return outer;
    }

    private boolean fits(String path) {
        if (!path.startsWith("$")) {
            return !place.isEmpty() && !place.getLast().startsWith("[") && NamePattern.fits(path, place.getLast());
        }
        List<String> segments = PATHS.computeIfAbsent(path, JsonWalk::segments);
        if (segments.size() != place.size()) {
            return false;
        }
        int i = 0;
        for (String name : place) {
            String segment = segments.get(i++);
            if (!NamePattern.fits(segment, name)) {
                return false;
            }
        }
        return true;
    }

    /** Names of members as they are, and elements as {@code [} with their number. */
    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        Matcher matcher = SEGMENT.matcher(path);
        while (matcher.find()) {
            segments.add(matcher.group(1) != null ? matcher.group(1) : "[" + matcher.group(2));
        }
        return List.copyOf(segments);
    }

    static boolean looksLikeJson(String value) {
        return value.length() > 1 && (value.charAt(0) == '{' || value.charAt(0) == '[');
    }
}
