-- All relations that hold rows, with their columns. Texts are told by the category of the type (pg_type.typcategory),
-- which a domain has from its base type; of category U (other) only uuid and the like hold no text. Of category N, small
-- numbers and the ids of the server's own objects are nobody's.
SELECT n.nspname, c.relname, c.relkind = 'm' AS view, c.relkind = 'r' AND am.amname = 'heap' AS cuttable,
       pg_relation_size(c.oid) / current_setting('block_size')::bigint AS pages,
       EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
               AND d.deptype = 'e') AS of_extension,
       k.names, k.generated, k.texts, k.numbers, k.types
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am am ON am.oid = c.relam
CROSS JOIN LATERAL (
    SELECT COALESCE(array_agg(a.attname::text ORDER BY a.attnum), '{}') AS names,
           COALESCE(array_agg(a.attgenerated <> '' ORDER BY a.attnum), '{}') AS generated,
           COALESCE(array_agg(COALESCE(e.typcategory, t.typcategory) IN ('S', 'U', 'C', 'I', 'A', 'R')
                              AND COALESCE(e.typname, t.typname) NOT IN ('uuid', 'pg_lsn', 'macaddr', 'macaddr8')
                              ORDER BY a.attnum), '{}') AS texts,
           COALESCE(array_agg(COALESCE(e.typcategory, t.typcategory) = 'N' AND COALESCE(e.typname, t.typname) !~ '^(int2|money|oid|reg)'
                              ORDER BY a.attnum), '{}') AS numbers,
           COALESCE(array_agg(format_type(a.atttypid, NULL) ORDER BY a.attnum), '{}') AS types
    FROM pg_attribute a
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) k
WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND (c.relkind = 'r' OR c.relispopulated)
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, c.relname
