package dev.restage.http;

import dev.restage.provider.ProviderException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A value in an answer, read leniently: what is absent, {@code null} or of another type reads as missing, never as an
 * exception. Iterates over the elements of a list; anything else has none. Where "nothing" has consequences, {@link #list},
 * {@link #required}, {@link #requiredNumber} and {@link #requiredFlag} insist.
 */
public final class Json implements Iterable<Json> {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final JsonNode node;
    private final @Nullable RestResponse answer;

    private Json(JsonNode node, @Nullable RestResponse answer) {
        this.node = node;
        this.answer = answer;
    }

    /**
     * Reads JSON.
     *
     * @param text what may be JSON
     * @return the value; missing if the text is empty or something else
     */
    public static Json parse(String text) {
        return parse(text, null);
    }

    static Json parse(String text, @Nullable RestResponse answer) {
        try {
            return new Json(text.isBlank() ? MissingNode.getInstance() : MAPPER.readTree(text), answer);
        } catch (JacksonException e) {
            return new Json(MissingNode.getInstance(), answer);
        }
    }

    /**
     * Writes JSON.
     *
     * @param value a record, map, list or {@code Json}
     * @return its JSON
     */
    public static String write(Object value) {
        return value instanceof Json json ? json.node.toString() : MAPPER.writeValueAsString(value);
    }

    /** {@return whether there is nothing: absent, {@code null}, or not JSON} */
    public boolean isMissing() {
        return node.isMissingNode() || node.isNull();
    }

    /** {@return whether the text was empty or not JSON; a {@code null} is something} */
    boolean isNothing() {
        return node.isMissingNode();
    }

    /** {@return whether it is a list} */
    public boolean isList() {
        return node.isArray();
    }

    /** {@return whether it is an object with members} */
    public boolean isObject() {
        return node.isObject();
    }

    /**
     * Goes into members.
     *
     * @param names a member, a member of that, and so on
     * @return the value there, or a missing one
     */
    public Json at(String... names) {
        JsonNode here = node;
        for (String name : names) {
            here = here.path(name);
        }
        return new Json(here, answer);
    }

    /**
     * Picks an element.
     *
     * @param index its place in the list, from 0
     * @return the element, or a missing one
     */
    public Json at(int index) {
        return new Json(node.path(index), answer);
    }

    /** {@return the text, or a number or truth value as text; empty if missing} */
    public Optional<String> find() {
        return isMissing() || node.isContainer() ? Optional.empty() : Optional.of(node.asString());
    }

    /** {@return the same as {@link #find}, with an empty text for a missing value} */
    public String text() {
        return find().orElse("");
    }

    /**
     * {@return a member as text; empty if it is missing}
     *
     * @param name the member
     */
    public String text(String name) {
        return at(name).text();
    }

    /**
     * {@return a member as a number, also one written as text; 0 if it is missing or no number}
     *
     * @param name the member
     */
    public long number(String name) {
        return node.path(name).asLong(0);
    }

    /**
     * {@return whether a member is {@code true}; not if it is missing}
     *
     * @param name the member
     * @throws ProviderException {@code UNAVAILABLE} if it is there and no truth value: the text "false" is not false
     */
    public boolean flag(String name) {
        return !at(name).isMissing() && requiredFlag(name);
    }

    /**
     * {@return whether a member is {@code true}, which must be there}
     *
     * @param name the member
     * @throws ProviderException {@code UNAVAILABLE} if it is missing, or no truth value
     */
    public boolean requiredFlag(String name) {
        JsonNode member = node.path(name);
        if (!member.isBoolean()) {
            throw notUnderstood("has no true or false as \"" + name + "\"");
        }
        return member.asBoolean();
    }

    /**
     * {@return a member as a number, which must be there and whole, also one written as text}
     *
     * @param name the member
     * @throws ProviderException {@code UNAVAILABLE} if it is missing, or no whole number
     */
    public long requiredNumber(String name) {
        try {
            return Long.parseLong(required(name));
        } catch (NumberFormatException e) {
            throw notUnderstood("has no whole number as \"" + name + "\"");
        }
    }

    /** {@return the members, in their order; empty if it is no object} */
    public Map<String, Json> members() {
        Map<String, Json> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), new Json(member.getValue(), answer)));
        return members;
    }

    /**
     * {@return the elements of what must be a list}
     *
     * @throws ProviderException {@code UNAVAILABLE} if it is no list: that is another answer than one without elements
     */
    public Stream<Json> list() {
        if (!isList()) {
            throw notUnderstood("has no list where one was asked for");
        }
        return stream();
    }

    /**
     * {@return a member as text, which must be there}
     *
     * @param name the member
     * @throws ProviderException {@code UNAVAILABLE} if it is missing or empty
     */
    public String required(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw notUnderstood("has no \"" + name + "\"");
        }
        return text;
    }

    /**
     * Says that nothing can be concluded from the answer that this is a part of.
     *
     * @param why what is wrong with it, as in "has no time"
     * @return the exception; it does not quote the answer
     */
    public ProviderException notUnderstood(String why) {
        return answer != null
                ? answer.notUnderstood(why)
                : new ProviderException(ProviderException.Kind.UNAVAILABLE, "the JSON " + why, null);
    }

    /** {@return the elements of the list; none if it is no list} */
    public Stream<Json> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /**
     * Reads it as a record; members that the record lacks are ignored.
     *
     * @param <T> the record
     * @param type the record
     * @return the record
     * @throws IllegalStateException if the value does not have its form
     */
    public <T> T as(Class<T> type) {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (JacksonException e) {
            // The exception quotes the document, which can hold secrets: its place is enough.
            throw new IllegalStateException("an answer has not the form of " + type.getSimpleName() + " at "
                    + e.getLocation().offsetDescription());
        }
    }

    @Override
    public Iterator<Json> iterator() {
        Iterator<JsonNode> nodes =
                node.isArray() ? node.iterator() : Stream.<JsonNode>empty().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return nodes.hasNext();
            }

            @Override
            public Json next() {
                return new Json(nodes.next(), answer);
            }
        };
    }

    @Override
    public Spliterator<Json> spliterator() {
        return Iterable.super.spliterator();
    }

    /** Shows what kind of value it is; answers can hold secrets. */
    @Override
    public String toString() {
        return "Json[" + node.getNodeType() + "]";
    }
}
