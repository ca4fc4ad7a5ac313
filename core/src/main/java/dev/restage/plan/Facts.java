package dev.restage.plan;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the steps of a run have recorded so far.
 *
 * @param byStep step name to fact name to value
 */
public record Facts(Map<String, Map<String, String>> byStep) {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\??)([^.{}?]+)\\.([^{}]+)}}");

    /**
     * Copies the facts.
     *
     * @param byStep step name to fact name to value
     */
    public Facts {
        Map<String, Map<String, String>> copy = new TreeMap<>();
        byStep.forEach((step, facts) -> copy.put(step, java.util.Collections.unmodifiableMap(new TreeMap<>(facts))));
        byStep = java.util.Collections.unmodifiableMap(copy);
    }

    /**
     * Looks a fact up.
     *
     * @param step the step that recorded it
     * @param name its name
     * @return its value; empty if that step has recorded none, or is not in the plan
     */
    public Optional<String> find(String step, String name) {
        return Optional.ofNullable(byStep.getOrDefault(step, Map.of()).get(name));
    }

    /**
     * {@return the sum of two facts that count work}
     *
     * @param one a whole number
     * @param other a whole number
     */
    public static String sum(String one, String other) {
        return Long.toString(Long.parseLong(one) + Long.parseLong(other));
    }

    /**
     * Fills a text with facts. A message states only what was recorded: a line that asks for a missing fact is left out. A line
     * may rest on a fact that it does not quote: <code>{{?leak-audit.clean}}</code> stands for nothing, and the line is left out
     * without it.
     *
     * @param template text with places of the form <code>{{step.fact}}</code> or <code>{{?step.fact}}</code>
     * @return the text with the facts in their places; what a fact holds is not filled again
     */
    public String fill(String template) {
        StringBuilder text = new StringBuilder();
        template.lines()
                .forEach(line -> fillLine(line)
                        .ifPresent(filled ->
                                text.append(text.isEmpty() ? "" : "\n").append(filled)));
        return text.toString();
    }

    /**
     * {@return a text for people to whom its facts are not known yet}
     *
     * @param template text with places, as {@link #fill} takes it
     */
    public static String named(String template) {
        return PLACE.matcher(template).replaceAll("what $2 finds as $3");
    }

    private Optional<String> fillLine(String line) {
        Matcher place = PLACE.matcher(line);
        StringBuilder filled = new StringBuilder();
        while (place.find()) {
            Optional<String> fact = find(place.group(2), place.group(3));
            if (fact.isEmpty()) {
                return Optional.empty();
            }
            place.appendReplacement(filled, place.group(1).isEmpty() ? Matcher.quoteReplacement(fact.get()) : "");
        }
        place.appendTail(filled);
        return Optional.of(filled.toString());
    }
}
