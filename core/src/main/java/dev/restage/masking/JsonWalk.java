package dev.restage.masking;

import dev.restage.masking.WholeMask.Json.At;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.MinimalPrettyPrinter;

/** Masks strings of a JSON text by where they are. A string that is JSON itself is gone through as if it stood there. */
final class JsonWalk {

    /** PostgreSQL takes what its stack allows, some thousands; a value has at most 1 GB. */
    private static final int DEEPEST = 10_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    /** Writes jsonb as the server does, so that what is read back equals what was sent. */
    private static final ObjectWriteContext SPACED = new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new Spaced();
        }
    };

    private static final Pattern SEGMENT = Pattern.compile("\\.([^.\\[\\]]+)|\\[([^\\]]+)]");
    private static final Map<String, List<String>> PATHS = new ConcurrentHashMap<>();

    private final List<At> rules;
    private final @Nullable Mask all;
    private final MaskKey key;
    private int replaced;
    private final Deque<String> place = new ArrayDeque<>();

    JsonWalk(List<At> rules, MaskKey key) {
        this.rules = rules;
        this.all = null;
        this.key = key;
    }

    JsonWalk(Mask all, MaskKey key) {
        this.rules = List.of();
        this.all = all;
        this.key = key;
    }

    /** The text with its strings masked, as it was if none was; empty if it is not JSON. */
    Optional<String> in(String text) {
        return in(text, at(all));
    }

    private Optional<String> in(String text, @Nullable Mask outer) {
        StringWriter out = new StringWriter(text.length());
        int depth = place.size();
        int before = replaced;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text);
                JsonGenerator generator = FACTORY.createGenerator(SPACED, out)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            value(parser, generator, outer);
            if (parser.nextToken() != null) {
                return Optional.empty();
            }
        } catch (JacksonException e) {
            while (place.size() > depth) {
                place.removeLast();
            }
            return Optional.empty();
        }
        return Optional.of(replaced == before ? text : out.toString());
    }

    private void value(JsonParser parser, JsonGenerator generator, @Nullable Mask mask) {
        JsonToken token = parser.currentToken();
        switch (token) {
            case START_OBJECT -> {
                generator.writeStartObject();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    generator.writeName(name);
                    parser.nextToken();
                    place.addLast(name);
                    value(parser, generator, at(mask));
                    place.removeLast();
                }
                generator.writeEndObject();
            }
            case START_ARRAY -> {
                generator.writeStartArray();
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    place.addLast("[" + i);
                    value(parser, generator, at(mask));
                    place.removeLast();
                }
                generator.writeEndArray();
            }
            case VALUE_STRING -> string(parser.getString(), generator, mask);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString(), generator, mask);
            default -> generator.copyCurrentEvent(parser);
        }
    }

    private void string(String text, JsonGenerator generator, @Nullable Mask mask) {
        if (looksLikeJson(text)) {
            Optional<String> nested = in(text, mask);
            if (nested.isPresent()) {
                generator.writeString(nested.get());
                return;
            }
        }
        @Nullable String masked = mask == null || text.isEmpty() ? text : Elements.applied(mask, text, MaskTarget.TEXT, key);
        if (masked == null) {
            replaced++;
            generator.writeNull();
        } else {
            replaced += masked.equals(text) ? 0 : 1;
            generator.writeString(masked);
        }
    }

    private void number(String text, JsonGenerator generator, @Nullable Mask mask) {
        if (mask instanceof WholeMask.Null) {
            replaced++;
            generator.writeNull();
        } else if (mask instanceof ValueMask.Range || mask instanceof ValueMask.Jitter) {
            replaced++;
            generator.writeNumber(String.valueOf(mask.apply(text, MaskTarget.TEXT, key)));
        } else {
            generator.writeNumber(text);
        }
    }

    /** The mask for the place: that of the first rule for it, or what holds around it. */
    private @Nullable Mask at(@Nullable Mask outer) {
        for (At rule : rules) {
            if (fits(rule.path())) {
                return rule.mask();
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

    private static boolean looksLikeJson(String value) {
        return value.length() > 1 && (value.charAt(0) == '{' || value.charAt(0) == '[');
    }

    /** A blank after each colon and comma. */
    private static final class Spaced extends MinimalPrettyPrinter {

        @Override
        public void writeObjectNameValueSeparator(JsonGenerator generator) {
            generator.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator generator) {
            generator.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator generator) {
            generator.writeRaw(", ");
        }
    }
}
