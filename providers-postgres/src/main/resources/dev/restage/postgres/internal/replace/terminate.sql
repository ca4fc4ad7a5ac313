SELECT pg_terminate_backend(a.pid)
FROM pg_stat_activity a
JOIN pg_roles r ON r.oid = a.usesysid
WHERE a.datname = {database} AND a.pid <> pg_backend_pid() AND {which}
    AND (pg_has_role(a.usesysid, 'USAGE') OR pg_has_role('pg_signal_backend', 'USAGE'))
    AND (NOT r.rolsuper OR (SELECT me.rolsuper FROM pg_roles me WHERE me.rolname = current_user))
