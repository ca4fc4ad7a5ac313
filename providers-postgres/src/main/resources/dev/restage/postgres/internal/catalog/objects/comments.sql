-- A comment follows what it is on; that of a column or of a constraint within a table follows the table.
SELECT 'COMMENT' AS kind, 0 AS classoid, 0 AS oid, n.nspname AS schema,
       CASE WHEN d.objsubid > 0 THEN 'COLUMN' WHEN o.type LIKE '% constraint' THEN 'CONSTRAINT'
            WHEN o.type = 'statistics object' THEN 'STATISTICS' ELSE upper(o.type) END || ' ' || COALESCE(o.name, o.identity) AS tag,
       format(E'COMMENT ON %s %s IS %s;\n',
              CASE WHEN d.objsubid > 0 THEN 'COLUMN' WHEN o.type LIKE '% constraint' THEN 'CONSTRAINT'
                   WHEN o.type = 'statistics object' THEN 'STATISTICS' ELSE upper(o.type) END,
              CASE o.type WHEN 'domain constraint' THEN replace(o.identity, ' on ', ' ON DOMAIN ') ELSE o.identity END,
              quote_literal(d.description)) AS definition,
       d.classoid || '/' || d.objoid AS host
FROM pg_description d
CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o
-- pg_identify_object quotes what needs it
LEFT JOIN pg_namespace n ON quote_ident(n.nspname) = CASE o.type WHEN 'schema' THEN o.name ELSE o.schema END
WHERE d.objoid > {builtin} AND (n.oid IS NULL OR {own})
