-- The server's own text ends in the same catalog as pg_dump's.
SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END AS kind, 'pg_proc'::regclass::oid AS classoid, p.oid, n.nspname AS schema,
       format('%I(%s)', p.proname, oidvectortypes(p.proargtypes)) AS tag, p.proname AS name,
       lpad(p.pronargs::text, 3, '0') || ' ' || oidvectortypes(p.proargtypes) AS tie, pg_get_userbyid(p.proowner) AS owner,
       regexp_replace(rtrim(pg_get_functiondef(p.oid), E'\n'), '^CREATE OR REPLACE', 'CREATE') || E';\n'
       || COALESCE((SELECT string_agg(format(E'\nALTER %s %I.%I(%s) DEPENDS ON EXTENSION %I;\n',
                                             CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, n.nspname, p.proname,
                                             {signature}, e.extname), '' ORDER BY e.extname)
                    FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                    WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'x'), '') AS definition,
       format(E'DROP %s %I.%I(%s);\n', CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, n.nspname, p.proname,
              {signature}) AS drop
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind <> 'a' AND {own}
  -- those that make ranges come with their type
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
