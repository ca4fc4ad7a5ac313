package dev.restage.postgres.internal.catalog;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object as a statement tells it, before it has its place. The statement's columns have these names; all but {@code
 * kind}, {@code classoid}, {@code oid} and {@code tag} may be missing or null.
 *
 * @param kind {@code kind}: pg_dump's word, see {@link Kind}
 * @param id {@code classoid} and {@code oid}: as pg_dump writes them; both 0 for what follows a host (COMMENT, ACL, ...)
 * @param schema {@code schema}: the schema it is in, not quoted
 * @param tag {@code tag}: its name in lists, not quoted
 * @param name {@code name}: what it is sorted by within kind and schema; the tag if missing
 * @param tie {@code tie}: what it is sorted by after its name (argument types, table name)
 * @param owner {@code owner}: the role that owns it, not quoted; missing where pg_dump sets none
 * @param definition {@code definition}: the SQL that makes it, with semicolon and line feed; an embedded {@link
 *     #slot} is replaced by the {@code part} of another draft, or by nothing if that one is made separately
 * @param drop {@code drop}: the SQL that removes it, likewise
 * @param copy {@code copy}: the COPY statement for its rows
 * @param tablespace {@code tablespace}: empty for the default
 * @param accessMethod the column of the same name, in small letters
 * @param relkind {@code relkind}
 * @param host {@code host}: {@code classoid/oid} of the object that it lies on or follows; made after it, left out with
 *     it
 * @param needs {@code needs}: an array of {@code classoid/oid}: more that it must be made after
 * @param part {@code part}: the text that stands for it in the slot of its host's definition; null if it is always made
 *     separately
 * @param dummy {@code dummy}: a definition without dependencies, of a view that is part of a loop
 */
record Draft(
        Kind kind,
        ObjectId id,
        @Nullable String schema,
        String tag,
        String name,
        String tie,
        @Nullable String owner,
        @Nullable String definition,
        @Nullable String drop,
        @Nullable String copy,
        @Nullable String tablespace,
        @Nullable String accessMethod,
        char relkind,
        @Nullable ObjectId host,
        List<ObjectId> needs,
        @Nullable String part,
        @Nullable String dummy) {

    /** What a statement writes where the part of another draft belongs: {@code chr(1) || 'classoid/oid' || chr(2)}. */
    static String slot(ObjectId part) {
        return "\u0001" + part + "\u0002";
    }

    /** What messages call it. */
    String label() {
        return schema == null ? kind.label() + " " + tag : "%s %s.%s".formatted(kind.label(), schema, tag);
    }

    /** The rule by which a view that was made with {@link #dummy} gets its query. Its id is as good as none. */
    Draft queryRule() {
        String replacing = definition == null ? "" : definition.replaceFirst("^CREATE VIEW", "CREATE OR REPLACE VIEW");
        return new Draft(
                Kind.RULE,
                new ObjectId(0, 0),
                schema,
                tag + " _RETURN",
                "_RETURN",
                name,
                owner,
                replacing,
                "",
                null,
                null,
                null,
                (char) 0,
                id,
                List.of(),
                null,
                null);
    }

    static Draft read(ResultSet row) throws SQLException {
        Map<String, String> values = new HashMap<>();
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String value = row.getString(i);
            if (value != null) {
                values.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), value);
            }
        }
        String tag = row.getString("tag");
        String host = values.get("host");
        String relkind = values.getOrDefault("relkind", "");
        return new Draft(
                Kind.of(row.getString("kind")),
                new ObjectId(row.getLong("classoid"), row.getLong("oid")),
                values.get("schema"),
                tag,
                values.getOrDefault("name", tag),
                values.getOrDefault("tie", ""),
                values.get("owner"),
                values.get("definition"),
                values.get("drop"),
                values.get("copy"),
                values.get("tablespace"),
                values.get("accessmethod"),
                relkind.isEmpty() ? 0 : relkind.charAt(0),
                host == null ? null : ObjectId.of(host),
                values.containsKey("needs") ? ids(row.getArray("needs")) : List.of(),
                values.get("part"),
                values.get("dummy"));
    }

    private static List<ObjectId> ids(Array array) throws SQLException {
        return Arrays.stream((Object[]) array.getArray())
                .map(id -> ObjectId.of((String) id))
                .toList();
    }
}
