SELECT CASE
    WHEN NOT (me.rolsuper OR me.rolcreatedb) THEN 'the role may not create databases'
    WHEN NOT pg_has_role(d.datdba, 'USAGE') THEN 'the role does not own the database'
    WHEN d.datistemplate THEN 'the database is a template'
    WHEN EXISTS (SELECT FROM pg_replication_slots s WHERE s.database = d.datname)
        THEN 'the database has replication slots'
    WHEN EXISTS (SELECT FROM pg_prepared_xacts p WHERE p.database = d.datname)
        THEN 'the database has prepared transactions'
    WHEN NOT me.rolsuper AND EXISTS (SELECT FROM pg_db_role_setting s
                                     WHERE s.setdatabase = d.oid AND s.setrole NOT IN (0, me.oid))
        THEN 'the database has settings of other roles'
    WHEN NOT me.rolsuper AND EXISTS (SELECT FROM pg_db_role_setting s, unnest(s.setconfig) AS c
                                     LEFT JOIN pg_settings g ON g.name = split_part(c, '=', 1)
                                     WHERE s.setdatabase = d.oid AND COALESCE(g.context NOT IN ('user', 'backend'), true))
        THEN 'the database has settings that need a superuser'
    END
FROM pg_database d, pg_roles me
WHERE d.datname = {database} AND me.rolname = current_user
