SELECT 'extension', quote_ident(e.extname), 'pg_extension'::regclass::oid, e.oid,
       format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname, n.nspname)
FROM pg_extension e
JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname NOT IN ('plpgsql', 'pg_stat_statements', 'pg_buffercache', 'pg_stat_kcache', 'pgstattuple')
