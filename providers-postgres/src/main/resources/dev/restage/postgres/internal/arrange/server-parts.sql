-- What a database and its server have that definitions may name.
SELECT 'compression' AS kind, unnest(s.enumvals) AS name FROM pg_catalog.pg_settings s WHERE s.name = 'default_toast_compression'
UNION ALL
SELECT 'tablespace', t.spcname FROM pg_catalog.pg_tablespace t WHERE pg_catalog.has_tablespace_privilege(t.oid, 'CREATE')
UNION ALL
SELECT 'collation', c.collname FROM pg_catalog.pg_collation c
JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
WHERE c.collnamespace = 'pg_catalog'::pg_catalog.regnamespace AND c.collencoding IN (-1, d.encoding)
UNION ALL
SELECT 'provider', 'icu' WHERE EXISTS (SELECT FROM pg_catalog.pg_collation WHERE collprovider = 'i')
UNION ALL
SELECT 'configuration', t.cfgname FROM pg_catalog.pg_ts_config t WHERE t.cfgnamespace = 'pg_catalog'::pg_catalog.regnamespace
UNION ALL
SELECT 'encoding', pg_catalog.current_setting('server_encoding')
