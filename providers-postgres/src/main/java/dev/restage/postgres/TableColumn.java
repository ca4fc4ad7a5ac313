package dev.restage.postgres;

import dev.restage.masking.MaskTarget;
import java.util.Set;

/** A column that a copy carries; {@code type} is the bare name of its type, of its elements for an array. */
record TableColumn(String name, String type, MaskTarget target) {

    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "citext", "name");
    private static final Set<String> TEXT_LIKE = Set.of(
            "text",
            "varchar",
            "bpchar",
            "citext",
            "name",
            "json",
            "jsonb",
            "xml",
            "tsvector",
            "bytea",
            "inet",
            "cidr",
            "hstore");

    boolean canHoldPersonalData() {
        return TEXT_LIKE.contains(type);
    }

    static MaskTarget.Shape shape(String type, boolean array) {
        if (array) {
            return MaskTarget.Shape.ARRAY;
        }
        if (type.equals("json") || type.equals("jsonb")) {
            return MaskTarget.Shape.JSON;
        }
        return TEXTS.contains(type) ? MaskTarget.Shape.TEXT : MaskTarget.Shape.OTHER;
    }
}
