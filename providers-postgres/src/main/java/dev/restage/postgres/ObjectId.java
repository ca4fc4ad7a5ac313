package dev.restage.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;

/** What the catalog calls an object: the catalog table it is in, and its oid there. */
record ObjectId(long catalog, long oid) {

    static ObjectId at(ResultSet row, int column) throws SQLException {
        return new ObjectId(row.getLong(column), row.getLong(column + 1));
    }
}
