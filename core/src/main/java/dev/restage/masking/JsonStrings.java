package dev.restage.masking;

import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Replaces strings in a JSON text and leaves the rest as it is. A string that is JSON itself is gone through too. */
final class JsonStrings {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Set<String> members;
    private final UnaryOperator<String> replacement;

    /** Replaces the strings in members of these names, at any depth below them; in all members if there are none. */
    JsonStrings(Set<String> members, UnaryOperator<String> replacement) {
        this.members = members;
        this.replacement = replacement;
    }

    /** The text with its strings replaced; empty if it is not JSON. */
    Optional<String> in(String text) {
        return in(text, members.isEmpty());
    }

    private Optional<String> in(String text, boolean all) {
        StringWriter out = new StringWriter(text.length());
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text);
                JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            copy(parser, generator, all);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return Optional.of(out.toString());
    }

    private void copy(JsonParser parser, JsonGenerator generator, boolean all) {
        Deque<Boolean> outer = new ArrayDeque<>();
        boolean inside = all;
        boolean member = all;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case PROPERTY_NAME -> {
                    member = inside || members.contains(parser.currentName());
                    generator.writeName(parser.currentName());
                }
                case START_OBJECT, START_ARRAY -> {
                    outer.push(inside);
                    inside = inside || member;
                    member = inside;
                    generator.copyCurrentEvent(parser);
                }
                case END_OBJECT, END_ARRAY -> {
                    inside = outer.pop();
                    member = inside;
                    generator.copyCurrentEvent(parser);
                }
                case VALUE_STRING -> {
                    generator.writeString(replaced(parser.getString(), inside || member));
                    member = inside;
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    generator.writeNumber(parser.getString());
                    member = inside;
                }
                default -> {
                    generator.copyCurrentEvent(parser);
                    member = inside;
                }
            }
        }
    }

    private String replaced(String value, boolean all) {
        if (looksLikeJson(value)) {
            Optional<String> nested = in(value, all);
            if (nested.isPresent()) {
                return nested.get();
            }
        }
        return all && !value.isEmpty() ? replacement.apply(value) : value;
    }

    private static boolean looksLikeJson(String value) {
        return value.length() > 1 && (value.charAt(0) == '{' || value.charAt(0) == '[');
    }
}
