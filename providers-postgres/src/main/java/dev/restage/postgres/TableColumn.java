package dev.restage.postgres;

import dev.restage.masking.MaskTarget;
import java.util.Set;

/** A column that a copy carries; {@code type} is the bare name of its type, of its elements for an array. */
record TableColumn(String name, String type, MaskTarget target) {

    static MaskTarget.Shape shape(String type, boolean array) {
        return array ? MaskTarget.Shape.ARRAY : MaskTarget.of(type, Set.of()).shape();
    }
}
