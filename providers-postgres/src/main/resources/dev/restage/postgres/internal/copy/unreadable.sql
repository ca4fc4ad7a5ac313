SELECT n.nspname || '.' || c.relname,
    CASE WHEN NOT pg_catalog.has_table_privilege(c.oid, 'SELECT')
        THEN pg_catalog.format('cannot be read by %s: GRANT SELECT ON %s TO %1$I', current_user, c.oid::pg_catalog.regclass)
        ELSE pg_catalog.format('shows %s only some rows, by its policies: copy as a role with BYPASSRLS', current_user) END
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND (NOT pg_catalog.has_table_privilege(c.oid, 'SELECT') OR pg_catalog.row_security_active(c.oid))
