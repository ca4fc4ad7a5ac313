SELECT LEAST(
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend'),
    (SELECT CASE WHEN r.rolconnlimit < 0 THEN 1000 ELSE r.rolconnlimit
            - (SELECT count(*) FROM pg_catalog.pg_stat_activity a WHERE a.usename = current_user) END
     FROM pg_catalog.pg_roles r WHERE r.rolname = current_user),
    (SELECT CASE WHEN d.datconnlimit < 0 THEN 1000 ELSE d.datconnlimit
            - (SELECT count(*) FROM pg_catalog.pg_stat_activity a WHERE a.datname = current_database()) END
     FROM pg_catalog.pg_database d WHERE d.datname = current_database()))
