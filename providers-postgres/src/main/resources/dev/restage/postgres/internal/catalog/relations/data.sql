-- Of an extension's tables only those that it declares as configuration, with its own condition, are carried.
WITH config AS (
    SELECT e.oid AS extension, c.relation, c.condition
    FROM pg_extension e
    CROSS JOIN LATERAL ROWS FROM (unnest(e.extconfig), unnest(e.extcondition)) AS c(relation, condition)
)
SELECT 'TABLE DATA' AS kind, 0::oid AS classoid, c.oid, n.nspname AS schema, c.relname AS tag, pg_get_userbyid(c.relowner) AS owner,
       NULL AS definition, NULL AS drop,
       format(E'COPY %s %sFROM stdin;\n', c.oid::regclass,
              (SELECT '(' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ') '
               FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '')) AS copy,
       CASE WHEN g.extension IS NULL THEN 'pg_class'::regclass::oid || '/' || c.oid
            ELSE 'pg_extension'::regclass::oid || '/' || g.extension END AS host
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN config g ON g.relation = c.oid
-- a standby cannot read unlogged tables
WHERE c.relkind = 'r' AND NOT (c.relpersistence = 'u' AND pg_is_in_recovery()) AND ({own} OR g.extension IS NOT NULL)
UNION ALL
SELECT 'MATERIALIZED VIEW DATA', 0, c.oid, n.nspname, c.relname, pg_get_userbyid(c.relowner),
       format(E'REFRESH MATERIALIZED VIEW %s;\n', c.oid::regclass), NULL, NULL, 'pg_class'::regclass::oid || '/' || c.oid
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'm' AND c.relispopulated AND {own}
UNION ALL
SELECT 'BLOB', 'pg_largeobject'::regclass, l.oid, NULL, l.oid::text, pg_get_userbyid(l.lomowner),
       format(E'SELECT pg_catalog.lo_create(''%s'');\n', l.oid), format(E'SELECT pg_catalog.lo_unlink(''%s'');\n', l.oid), NULL, NULL
FROM pg_largeobject_metadata l
UNION ALL
SELECT 'BLOBS', 0, 0, NULL, 'BLOBS', '', NULL, NULL, NULL, NULL
WHERE EXISTS (SELECT FROM pg_largeobject_metadata)
