SELECT 'clustering', i.indexrelid::regclass::text, 0::oid, 0::oid,
       format('ALTER TABLE %s CLUSTER ON %I', i.indrelid::regclass, c.relname)
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE i.indisclustered AND {own}
UNION ALL
SELECT 'replica identity', c.oid::regclass::text, 0::oid, 0::oid,
       format('ALTER TABLE ONLY %s REPLICA IDENTITY %s', c.oid::regclass,
              CASE c.relreplident WHEN 'n' THEN 'NOTHING' WHEN 'f' THEN 'FULL'
              ELSE 'USING INDEX ' || (SELECT quote_ident(x.relname) FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
                                      WHERE i.indrelid = c.oid AND i.indisreplident) END)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND c.relreplident <> 'd' AND {own}
