-- public is there already: pg_dump writes it only for an owner or a comment that differ from a new database's.
SELECT 'SCHEMA' AS kind, 'pg_namespace'::regclass::oid AS classoid, n.oid, n.nspname AS tag,
       pg_get_userbyid(n.nspowner) AS owner,
       CASE n.nspname WHEN 'public' THEN E'-- *not* creating schema, since initdb creates it\n\n'
            ELSE format(E'CREATE SCHEMA %I;\n', n.nspname) END AS definition,
       CASE n.nspname WHEN 'public' THEN '-- *not* dropping schema, since initdb creates it'
            ELSE format(E'DROP SCHEMA %I;\n', n.nspname) END AS drop
FROM pg_namespace n
WHERE {own}
  AND (n.nspname <> 'public'
       OR n.nspowner <> COALESCE((SELECT r.oid FROM pg_roles r WHERE r.rolname = 'pg_database_owner'), 10))
