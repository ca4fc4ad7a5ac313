-- The tables that hold rows, and the roots of partitioned ones. Condition: of an extension's configuration table.
WITH RECURSIVE root(oid, top) AS (
    SELECT c.oid, c.oid FROM pg_class c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    UNION ALL
    SELECT i.inhrelid, r.top
    FROM root r
    JOIN pg_inherits i ON i.inhparent = r.oid
    JOIN pg_class c ON c.oid = i.inhrelid AND c.relispartition
), config AS (
    SELECT c.relation, c.condition
    FROM pg_extension e
    CROSS JOIN LATERAL ROWS FROM (unnest(e.extconfig), unnest(e.extcondition)) AS c(relation, condition)
)
SELECT c.oid, n.nspname, c.relname, t.relname,
       CASE c.relkind WHEN 'r' THEN pg_table_size(c.oid) ELSE 0 END,
       CASE WHEN c.relkind = 'r' THEN greatest(c.reltuples, 0) ELSE 0 END::bigint,
       CASE c.relkind WHEN 'r' THEN pg_relation_size(c.oid) / current_setting('block_size')::int ELSE 0 END,
       NULLIF(g.condition, '')
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN root r ON r.oid = c.oid
LEFT JOIN pg_class t ON t.oid = COALESCE(r.top, c.oid)
LEFT JOIN config g ON g.relation = c.oid
WHERE c.relkind IN ('r', 'p') AND ({own} OR g.relation IS NOT NULL)
ORDER BY n.nspname, c.relname
