SELECT 'schema', quote_ident(n.nspname), 'pg_namespace'::regclass::oid, n.oid,
       'CREATE SCHEMA IF NOT EXISTS ' || quote_ident(n.nspname)
FROM pg_namespace n
WHERE {own}
