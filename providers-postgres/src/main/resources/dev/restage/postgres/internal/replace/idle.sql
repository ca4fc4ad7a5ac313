SELECT pg_terminate_backend(a.pid)
FROM pg_stat_activity a
WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.usename = current_user
    AND (a.state LIKE 'idle%' OR a.application_name LIKE 'restage copy%') AND a.application_name NOT LIKE 'restage lock%'
