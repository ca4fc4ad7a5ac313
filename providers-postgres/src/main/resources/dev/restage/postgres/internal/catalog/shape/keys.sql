-- unique: the columns of an index, with those that its expressions use. reference: the columns of both sides.
-- check: a condition, also of the domains of columns.
SELECT 'unique', i.indrelid,
       ARRAY(SELECT a.attname FROM pg_attribute a
             WHERE a.attrelid = i.indrelid
               AND (a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])
                    OR i.indexprs IS NOT NULL AND EXISTS (
                        SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid AND d.refclassid = 'pg_class'::regclass
                          AND d.refobjid = i.indrelid AND d.refobjsubid = a.attnum))
               AND a.attnum > 0
             ORDER BY a.attnum)::text[] AS columns,
       NULL::text AS schema, NULL::text AS relation, NULL::text[] AS keys, NULL::text AS condition
FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid AND c.relkind IN ('r', 'p')
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE (i.indisunique OR i.indisexclusion) AND {own}
UNION ALL
SELECT 'reference', k.conrelid,
       ARRAY(SELECT a.attname FROM unnest(k.conkey) WITH ORDINALITY o(num, place)
             JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.num ORDER BY o.place)::text[],
       rn.nspname, r.relname,
       ARRAY(SELECT a.attname FROM unnest(k.confkey) WITH ORDINALITY o(num, place)
             JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = o.num ORDER BY o.place)::text[],
       NULL
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class r ON r.oid = k.confrelid
JOIN pg_namespace rn ON rn.oid = r.relnamespace
-- a key that refers to a partitioned table has children for its partitions: the one for the root says it all
LEFT JOIN pg_constraint p ON p.oid = k.conparentid
WHERE k.contype = 'f' AND (k.conparentid = 0 OR p.conrelid <> k.conrelid) AND {own}
UNION ALL
SELECT 'check', k.conrelid, NULL, NULL, NULL, NULL, pg_get_expr(k.conbin, k.conrelid)
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid AND c.relkind IN ('r', 'p')
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype = 'c' AND {own}
UNION ALL
SELECT 'check', a.attrelid, NULL, NULL, NULL, NULL,
       regexp_replace(pg_get_expr(k.conbin, 0), '\mVALUE\M', replace(quote_ident(a.attname), '\', '\\'), 'g')
FROM pg_constraint k
JOIN (WITH RECURSIVE base(root, oid) AS (
          SELECT t.oid, t.oid FROM pg_type t WHERE t.typtype = 'd'
          UNION ALL
          SELECT b.root, t.typbasetype FROM base b JOIN pg_type t ON t.oid = b.oid AND t.typtype = 'd')
      SELECT root, oid FROM base) b ON b.oid = k.contypid
JOIN pg_attribute a ON a.atttypid = b.root AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype = 'c' AND {own}
