SELECT format(
    'pid %s (user %s, %s, on %s%s)', a.pid, a.usename, COALESCE(NULLIF(a.application_name, ''), 'no name'),
    min(format('%s.%s', n.nspname, c.relname)),
    CASE WHEN count(DISTINCT c.oid) > 1 THEN format(' and %s more', count(DISTINCT c.oid) - 1) ELSE '' END)
FROM pg_locks l
JOIN pg_stat_activity a USING (pid)
JOIN pg_class c ON c.oid = l.relation
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE l.locktype = 'relation' AND {conflict} AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_' AND a.pid <> pg_backend_pid()
    AND a.application_name NOT LIKE 'restage copy%'
GROUP BY a.pid, a.usename, a.application_name
ORDER BY a.pid
