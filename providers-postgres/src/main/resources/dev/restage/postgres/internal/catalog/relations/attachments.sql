SELECT 'TABLE ATTACH' AS kind, 0 AS classoid, 0 AS oid, n.nspname AS schema, c.relname AS tag,
       pg_get_userbyid(c.relowner) AS owner,
       format(E'ALTER TABLE ONLY %s ATTACH PARTITION %s %s;\n', i.inhparent::regclass, c.oid::regclass,
              pg_get_expr(c.relpartbound, c.oid)) AS definition,
       'pg_class'::regclass::oid || '/' || c.oid AS host,
       ARRAY['pg_class'::regclass::oid || '/' || i.inhparent] AS needs
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_inherits i ON i.inhrelid = c.oid
WHERE c.relispartition AND c.relkind IN ('r', 'p', 'f') AND {own}
UNION ALL
SELECT 'INDEX ATTACH', 0, 0, n.nspname, c.relname, pg_get_userbyid(c.relowner),
       format(E'ALTER INDEX %s ATTACH PARTITION %s;\n', i.inhparent::regclass, c.oid::regclass),
       'pg_class'::regclass::oid || '/' || c.oid,
       ARRAY['pg_class'::regclass::oid || '/' || i.inhparent]
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_inherits i ON i.inhrelid = c.oid
WHERE c.relkind IN ('i', 'I') AND {own}
