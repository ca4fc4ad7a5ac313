-- What the role lacks to read everything: the kind, the schema, the name, as it is written in SQL, and how many of it.
SELECT 'SCHEMA', n.nspname, n.nspname, pg_catalog.quote_ident(n.nspname), 1
FROM pg_catalog.pg_namespace n
WHERE n.nspname !~ '^pg_' AND NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE')
UNION ALL
SELECT CASE WHEN NOT pg_catalog.has_table_privilege(c.oid, 'SELECT') THEN 'TABLE' ELSE 'ROWS' END,
    n.nspname, c.relname, pg_catalog.format('%I.%I', n.nspname, c.relname), 1
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname !~ '^pg_'
    AND (NOT pg_catalog.has_table_privilege(c.oid, 'SELECT') OR pg_catalog.row_security_active(c.oid))
UNION ALL
SELECT 'SEQUENCE', n.nspname, c.relname, pg_catalog.format('%I.%I', n.nspname, c.relname), 1
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND n.nspname !~ '^pg_' AND NOT pg_catalog.has_table_privilege(c.oid, 'SELECT')
UNION ALL
SELECT 'LARGE OBJECT', NULL, pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(l.lomowner)),
    pg_catalog.array_to_string((pg_catalog.array_agg(l.oid::text ORDER BY l.oid))[1:20], ', '), pg_catalog.count(*)
FROM pg_catalog.pg_largeobject_metadata l
JOIN pg_catalog.pg_roles me ON me.rolname = current_user
WHERE NOT (me.rolsuper OR pg_catalog.current_setting('lo_compat_privileges')::bool OR pg_catalog.pg_has_role(l.lomowner, 'USAGE')
    OR EXISTS (SELECT FROM pg_catalog.aclexplode(l.lomacl) a
               WHERE a.privilege_type = 'SELECT' AND (a.grantee = 0 OR pg_catalog.pg_has_role(a.grantee, 'USAGE'))))
GROUP BY l.lomowner
ORDER BY 1, 2, 3
