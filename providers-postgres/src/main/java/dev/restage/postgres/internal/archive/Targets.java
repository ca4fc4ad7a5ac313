package dev.restage.postgres.internal.archive;

import dev.restage.masking.MaskTarget;
import dev.restage.masking.MaskTarget.Shape;
import dev.restage.masking.MaskTarget.Trait;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What columns of a type take. */
final class Targets {

    private Targets() {}

    static MaskTarget of(String type, @Nullable List<String> labels, Set<Trait> traits) {
        if (labels != null) {
            return new MaskTarget(Shape.OTHER, Integer.MAX_VALUE, traits);
        }
        List<SqlToken> words = SqlToken.of(type);
        Shape shape = shape(type, words);
        int length = Integer.MAX_VALUE;
        for (SqlToken word : words) {
            if (shape == Shape.TEXT && word.type() == SqlToken.Type.NUMBER) {
                length = Integer.parseInt(word.text());
            }
        }
        return new MaskTarget(shape, length, traits);
    }

    private static Shape shape(String type, List<SqlToken> words) {
        if (type.endsWith("[]")) {
            return Shape.ARRAY;
        }
        int last = 0;
        while (last + 2 < words.size() && words.get(last + 1).is(".")) {
            last += 2;
        }
        return switch (words.isEmpty() ? "" : words.get(last).text()) {
            case "text", "character", "citext", "name", "bpchar", "varchar" -> Shape.TEXT;
            case "json", "jsonb" -> Shape.JSON;
            default -> Shape.OTHER;
        };
    }
}
