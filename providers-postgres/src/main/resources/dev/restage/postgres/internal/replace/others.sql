SELECT format('pid %s (user %s, %s)', a.pid, COALESCE(a.usename, '?'), COALESCE(NULLIF(a.application_name, ''), 'no name'))
FROM pg_stat_activity a
WHERE a.datname = {database} AND a.pid <> pg_backend_pid()
ORDER BY a.pid
