-- The server's own text ends in the same catalog as pg_dump's.
SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END AS kind, 'pg_proc'::regclass::oid AS classoid, p.oid, n.nspname AS schema,
       format('%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) AS tag, p.proname AS name,
       pg_get_function_identity_arguments(p.oid) AS tie, pg_get_userbyid(p.proowner) AS owner,
       regexp_replace(rtrim(pg_get_functiondef(p.oid), E'\n'), '^CREATE OR REPLACE', 'CREATE') || E';\n' AS definition,
       format(E'DROP %s %I.%I(%s);\n', CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, n.nspname, p.proname,
              pg_get_function_identity_arguments(p.oid)) AS drop
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind <> 'a' AND {own}
  -- the constructors of range types come with their types
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
