SELECT format('%s SET %I TO %s',
    CASE WHEN s.setrole = 0 THEN format('ALTER DATABASE %I', {name})
        ELSE format('ALTER ROLE %I IN DATABASE %I', pg_get_userbyid(s.setrole), {name}) END,
    split_part(c, '=', 1),
    -- Lists are kept with the quotes of their parts; src/bin/pg_dump/dumputils.c, variable_is_guc_list_quote.
    CASE WHEN split_part(c, '=', 1) IN ('local_preload_libraries', 'search_path', 'session_preload_libraries',
            'shared_preload_libraries', 'temp_tablespaces', 'unix_socket_directories')
        THEN COALESCE(NULLIF(substr(c, strpos(c, '=') + 1), ''), '''''')
        ELSE quote_literal(substr(c, strpos(c, '=') + 1)) END)
FROM pg_db_role_setting s
JOIN pg_database d ON d.oid = s.setdatabase
CROSS JOIN unnest(s.setconfig) WITH ORDINALITY AS u(c, place)
WHERE d.datname = {database}
ORDER BY s.setrole, u.place
