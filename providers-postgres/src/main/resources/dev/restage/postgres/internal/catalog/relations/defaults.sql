SELECT 'DEFAULT' AS kind, 'pg_attrdef'::regclass::oid AS classoid, d.oid, n.nspname AS schema,
       c.relname || ' ' || a.attname AS tag, a.attname AS name, c.relname AS tie, pg_get_userbyid(c.relowner) AS owner,
       format(E'ALTER %sTABLE ONLY %s ALTER COLUMN %I SET DEFAULT %s;\n', CASE c.relkind WHEN 'f' THEN 'FOREIGN ' ELSE '' END,
              c.oid::regclass, a.attname, pg_get_expr(d.adbin, d.adrelid)) AS definition,
       format(E'ALTER %sTABLE %s ALTER COLUMN %I DROP DEFAULT;\n', CASE c.relkind WHEN 'f' THEN 'FOREIGN ' ELSE '' END,
              c.oid::regclass, a.attname) AS drop,
       'pg_class'::regclass::oid || '/' || c.oid AS host,
       CASE WHEN c.relkind IN ('r', 'p', 'f') AND c.reloftype = 0 AND (a.attislocal OR c.relispartition)
            THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) END AS part
FROM pg_attrdef d
JOIN pg_class c ON c.oid = d.adrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE a.attgenerated = '' AND {own}
