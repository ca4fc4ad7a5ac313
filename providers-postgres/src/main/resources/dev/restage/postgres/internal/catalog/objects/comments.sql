-- Comments and security labels lie on an object; what is on a column or on a constraint within a table lies on the table.
WITH note AS (
    SELECT 'COMMENT' AS kind, classoid, objoid, objsubid, NULL::text AS provider, description AS text
    FROM pg_description
    WHERE objoid > {builtin}
       OR classoid = 'pg_namespace'::regclass AND objoid = (SELECT oid FROM pg_namespace WHERE nspname = 'public') AND description <> 'standard public schema'
    UNION ALL
    SELECT 'SECURITY LABEL', classoid, objoid, objsubid, provider, label
    FROM pg_seclabel
), named AS (
    SELECT w.*, o.schema, o.name, o.type,
           CASE WHEN w.objsubid > 0 THEN 'COLUMN' WHEN o.type LIKE '% constraint' THEN 'CONSTRAINT'
                WHEN o.type = 'statistics object' THEN 'STATISTICS' WHEN t.typtype = 'd' THEN 'DOMAIN'
                ELSE upper(replace(o.type, '-', ' ')) END AS word,
           CASE WHEN o.type = 'domain constraint' THEN replace(o.identity, ' on ', ' ON DOMAIN ')
                WHEN o.type = 'transform' THEN replace(o.identity, ' on language ', ' language ')
                WHEN o.type = 'aggregate' AND p.pronargs = 0 THEN regexp_replace(o.identity, '\(\)$', '(*)')
                WHEN o.type = 'procedure' THEN format('%s.%I(%s)', p.pronamespace::regnamespace, p.proname, {signature})
                ELSE o.identity END AS target,
           COALESCE(quote_ident(c.relname) || '.' || quote_ident(a.attname), o.name,
                    regexp_replace(o.identity, '^' || regexp_replace(quote_ident(o.schema), '(\W)', '\\\1', 'g') || '\.', ''), o.identity) AS label
    FROM note w
    CROSS JOIN LATERAL pg_identify_object(w.classoid, w.objoid, w.objsubid) o
    LEFT JOIN pg_type t ON w.classoid = 'pg_type'::regclass AND t.oid = w.objoid
    LEFT JOIN pg_proc p ON w.classoid = 'pg_proc'::regclass AND p.oid = w.objoid
    LEFT JOIN pg_class c ON w.classoid = 'pg_class'::regclass AND c.oid = w.objoid
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = w.objsubid AND w.objsubid > 0
)
SELECT w.kind, 0 AS classoid, 0 AS oid, w.schema, w.word || ' ' || w.label AS tag,
       CASE w.kind WHEN 'COMMENT' THEN 'COMMENT' ELSE format('SECURITY LABEL FOR %I', w.provider) END
       || format(E' ON %s %s IS %s;\n', w.word, w.target, quote_literal(w.text)) AS definition,
       w.classoid || '/' || w.objoid AS host
FROM named w
LEFT JOIN pg_namespace n ON n.nspname = CASE w.type WHEN 'schema' THEN w.name ELSE w.schema END
WHERE n.oid IS NULL OR {own}
UNION ALL
-- a new database has a comment there, so that the lack of one has to be written, as pg_dump 15 and newer do
SELECT 'COMMENT', 0, 0, NULL, 'SCHEMA public', E'COMMENT ON SCHEMA public IS \'\';\n', 'pg_namespace'::regclass::oid || '/' || n.oid
FROM pg_namespace n
WHERE n.nspname = 'public' AND obj_description(n.oid, 'pg_namespace') IS NULL
