package dev.restage.masking;

import dev.restage.masking.value.ColumnMask;
import java.util.Optional;

/**
 * What can be asked of the rows of a database, beyond what its catalog says. Values are asked for of columns of numbers
 * that have no rule, and of those whose mask {@linkplain ColumnMask#namesParts names parts}.
 */
public interface LiveRows extends SampleSource {

    /**
     * Lets the server say whether a CHECK refuses rows once they are masked, on rows that there are.
     *
     * @param masking the table with its masks
     * @param check one of the table's {@linkplain TableShape#checks conditions}
     * @return whether it refuses one of the rows that were looked at; empty if the server cannot say
     */
    Optional<Boolean> refuses(TableMasking masking, String check);
}
