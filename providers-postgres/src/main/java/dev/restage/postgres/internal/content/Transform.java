package dev.restage.postgres.internal.content;

/** What happens to rows between source and sink: masking, and leaving rows out. Used by several threads at once. */
public interface Transform {

    /** Everything as it is. */
    Transform NONE = new Transform() {
        @Override
        public boolean carriesRows(TableData table) {
            return true;
        }

        @Override
        public RowSink before(TableData table, RowSink next) {
            return next;
        }
    };

    /** Whether any rows of a table are carried. */
    boolean carriesRows(TableData table);

    /**
     * Puts itself before a sink for the rows of one part.
     *
     * @return takes the rows of the source, for one thread; hands the changed ones on
     */
    RowSink before(TableData table, RowSink next);
}
