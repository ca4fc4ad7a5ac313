WITH RECURSIVE base(oid, root) AS (
    SELECT t.oid, t.oid FROM pg_type t
    UNION ALL
    SELECT t.typbasetype, b.root FROM base b JOIN pg_type t ON t.oid = b.oid WHERE t.typtype = 'd'
), shape AS (
    SELECT b.root, t.typname, t.typcategory, COALESCE(e.typname, t.typname) AS element
    FROM base b JOIN pg_type t ON t.oid = b.oid AND t.typtype <> 'd'
    LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
), uniqueness AS (
    SELECT i.indrelid, u.attnum, min(cardinality(u.all)) AS columns
    FROM pg_index i
    CROSS JOIN LATERAL (
        SELECT ARRAY(SELECT k FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS o(k, place) WHERE k > 0 AND place <= i.indnkeyatts
                     UNION
                     SELECT d.refobjsubid FROM pg_depend d
                     WHERE 0 = ANY (i.indkey::int2[]) AND d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                       AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid > 0) AS all
    ) x
    CROSS JOIN LATERAL (SELECT x.all, unnest(x.all) AS attnum) u
    WHERE i.indisunique
    GROUP BY i.indrelid, u.attnum
)
SELECT a.attrelid, a.attname, s.element, s.typcategory = 'A',
       CASE WHEN a.atttypmod > 4 AND s.typname IN ('varchar', 'bpchar') THEN a.atttypmod - 4
            WHEN t.typtype = 'd' AND t.typtypmod > 4 AND s.typname IN ('varchar', 'bpchar') THEN t.typtypmod - 4
            ELSE 2147483647 END,
       a.attnotnull OR t.typnotnull, COALESCE(u.columns, 0)
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
JOIN shape s ON s.root = a.atttypid
LEFT JOIN uniqueness u ON u.indrelid = a.attrelid AND u.attnum = a.attnum
WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND {own}
ORDER BY a.attrelid, a.attnum
