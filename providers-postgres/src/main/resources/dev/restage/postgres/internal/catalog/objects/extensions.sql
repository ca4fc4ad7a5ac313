-- No version: the target has its own. plpgsql is in every new database.
SELECT 'EXTENSION' AS kind, 'pg_extension'::regclass::oid AS classoid, e.oid, e.extname AS tag,
       format(E'CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I;\n', e.extname, n.nspname) AS definition,
       format(E'DROP EXTENSION %I;\n', e.extname) AS drop, '' AS owner
FROM pg_extension e
JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE e.oid > {builtin}
