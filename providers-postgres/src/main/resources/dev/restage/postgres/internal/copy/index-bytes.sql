SELECT n.nspname || '.' || c.relname, pg_catalog.pg_indexes_size(c.oid)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relhasindex AND n.nspname !~ '^pg_'
