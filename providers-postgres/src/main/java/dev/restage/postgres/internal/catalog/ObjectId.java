package dev.restage.postgres.internal.catalog;

/** What names an object within a database: the catalog that it is in, and its oid there. */
record ObjectId(long classOid, long oid) {

    /** Reads what {@link #toString} writes. */
    static ObjectId of(String text) {
        int slash = text.indexOf('/');
        return new ObjectId(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return classOid + "/" + oid;
    }
}
