SELECT problem FROM (
    SELECT CASE WHEN pg_is_in_recovery() THEN 'follows another database and cannot be written: name the one it follows' END
    UNION ALL
    SELECT CASE WHEN NOT has_database_privilege(current_database(), 'CREATE')
        THEN format('lets %s not create schemas: GRANT CREATE ON DATABASE %I TO %1$I', current_user, current_database()) END
    UNION ALL
    SELECT CASE WHEN NOT has_schema_privilege(n.oid, 'CREATE')
        THEN format('lets %s not create anything in the schema public: GRANT CREATE ON SCHEMA public TO %1$I', current_user) END
    FROM pg_namespace n WHERE n.nspname = 'public' AND {public}
    UNION ALL
    SELECT CASE WHEN least(
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                - (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
            (SELECT r.rolconnlimit - (SELECT count(*) FROM pg_stat_activity WHERE usename = current_user)
             FROM pg_roles r WHERE r.rolname = current_user AND r.rolconnlimit >= 0),
            (SELECT d.datconnlimit - (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database())
             FROM pg_database d WHERE d.datname = current_database() AND d.datconnlimit >= 0)) < 2
        THEN 'has no 3 connections to spare: stop processes that use it, or raise its limit' END
) AS p(problem)
WHERE problem IS NOT NULL
