package dev.restage.postgres.internal.catalog;

import dev.restage.masking.MaskTarget;
import dev.restage.masking.MaskTarget.Shape;
import dev.restage.masking.MaskTarget.Trait;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Says what a column takes, from its type and the keys that it is in. */
final class MaskTargets {

    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "citext", "name", "char");
    private static final Set<String> JSONS = Set.of("json", "jsonb");

    private MaskTargets() {}

    /**
     * @param type the bare name of the type at the bottom of domains
     * @param category the letter of its category
     */
    static Shape shape(String type, String category) {
        if (category.equals("A")) {
            return Shape.ARRAY;
        }
        if (JSONS.contains(type)) {
            return Shape.JSON;
        }
        return TEXTS.contains(type) ? Shape.TEXT : Shape.OTHER;
    }

    static MaskTarget target(
            Shape shape, int maxLength, boolean notNull, String column, List<List<String>> uniqueKeys) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (notNull) {
            traits.add(Trait.NOT_NULL);
        }
        for (List<String> key : uniqueKeys) {
            if (key.contains(column)) {
                traits.add(key.size() == 1 ? Trait.UNIQUE : Trait.UNIQUE_WITH_OTHERS);
            }
        }
        return new MaskTarget(shape, maxLength, traits);
    }
}
