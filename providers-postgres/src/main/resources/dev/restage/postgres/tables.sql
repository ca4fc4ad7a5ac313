SELECT n.nspname, c.relname, c.oid, GREATEST(c.reltuples, 0)::bigint,
       COALESCE((SELECT p.relname FROM pg_partition_ancestors(c.oid) a JOIN pg_class p ON p.oid = a.relid
                 WHERE NOT p.relispartition), c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND {own}
ORDER BY pg_table_size(c.oid) DESC, n.nspname, c.relname
