-- A domain's columns take what the type at its bottom takes; limits and NOT NULL of every domain on the way count.
WITH RECURSIVE base(root, oid, typmod, not_null) AS (
    SELECT t.oid, t.oid, -1, t.typnotnull FROM pg_type t
    UNION ALL
    SELECT b.root, t.typbasetype, t.typtypmod, b.not_null OR u.typnotnull
    FROM base b
    JOIN pg_type t ON t.oid = b.oid AND t.typtype = 'd'
    JOIN pg_type u ON u.oid = t.typbasetype
), bottom AS (
    SELECT b.root, t.oid, b.typmod, b.not_null
    FROM base b
    JOIN pg_type t ON t.oid = b.oid AND t.typtype <> 'd'
)
SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), format_type(b.oid, greatest(a.atttypmod, b.typmod)),
       ARRAY(SELECT l.enumlabel::text FROM pg_enum l WHERE l.enumtypid = b.oid ORDER BY l.enumsortorder),
       a.attnotnull OR b.not_null,
       CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN bottom b ON b.root = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated <> ''
WHERE a.attnum > 0 AND NOT a.attisdropped
  AND ({own} OR c.oid IN (SELECT unnest(e.extconfig) FROM pg_extension e))
ORDER BY a.attrelid, a.attnum
