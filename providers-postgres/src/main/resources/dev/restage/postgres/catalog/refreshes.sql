SELECT 'materialized view data', c.oid::regclass::text, 'pg_class'::regclass::oid, c.oid, 'REFRESH MATERIALIZED VIEW ' || c.oid::regclass
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'm' AND c.relispopulated AND {own}
