-- What has no schema: languages, transforms, access methods, foreign data, and the settings of the database itself.
SELECT 'PROCEDURAL LANGUAGE' AS kind, 'pg_language'::regclass::oid AS classoid, l.oid, l.lanname AS tag, pg_get_userbyid(l.lanowner) AS owner,
       format('CREATE %sPROCEDURAL LANGUAGE %I HANDLER %s', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' ELSE '' END, l.lanname,
              l.lanplcallfoid::regproc)
       || CASE WHEN l.laninline = 0 THEN '' ELSE ' INLINE ' || l.laninline::regproc END
       || CASE WHEN l.lanvalidator = 0 THEN '' ELSE ' VALIDATOR ' || l.lanvalidator::regproc END || E';\n' AS definition,
       format(E'DROP PROCEDURAL LANGUAGE %I;\n', l.lanname) AS drop, NULL::text AS host
FROM pg_language l
WHERE l.lanispl AND l.oid > {builtin}
UNION ALL
SELECT 'TRANSFORM', 'pg_transform'::regclass, t.oid, format('TRANSFORM FOR %s LANGUAGE %I', format_type(t.trftype, NULL), l.lanname), '',
       format(E'CREATE TRANSFORM FOR %s LANGUAGE %I (%s);\n', format_type(t.trftype, NULL), l.lanname,
              concat_ws(', ', CASE WHEN t.trffromsql <> 0 THEN 'FROM SQL WITH FUNCTION ' || t.trffromsql::regprocedure END,
                        CASE WHEN t.trftosql <> 0 THEN 'TO SQL WITH FUNCTION ' || t.trftosql::regprocedure END)),
       format(E'DROP TRANSFORM FOR %s LANGUAGE %I;\n', format_type(t.trftype, NULL), l.lanname), NULL
FROM pg_transform t
JOIN pg_language l ON l.oid = t.trflang
UNION ALL
SELECT 'ACCESS METHOD', 'pg_am'::regclass, a.oid, a.amname, '',
       format(E'CREATE ACCESS METHOD %I TYPE %s HANDLER %s;\n', a.amname, CASE a.amtype WHEN 'i' THEN 'INDEX' ELSE 'TABLE' END, a.amhandler),
       format(E'DROP ACCESS METHOD %I;\n', a.amname), NULL
FROM pg_am a
WHERE a.oid > {builtin}
UNION ALL
SELECT 'FOREIGN DATA WRAPPER', 'pg_foreign_data_wrapper'::regclass, f.oid, f.fdwname, pg_get_userbyid(f.fdwowner),
       format(E'CREATE FOREIGN DATA WRAPPER %I%s%s%s;\n', f.fdwname,
              CASE WHEN f.fdwhandler <> 0 THEN ' HANDLER ' || f.fdwhandler::regproc END,
              CASE WHEN f.fdwvalidator <> 0 THEN ' VALIDATOR ' || f.fdwvalidator::regproc END,
              E' OPTIONS (\n    ' || (SELECT string_agg(quote_ident(option_name) || ' ' || quote_literal(option_value), E',\n    ')
                                     FROM pg_options_to_table(f.fdwoptions)) || E'\n)'),
       format(E'DROP FOREIGN DATA WRAPPER %I;\n', f.fdwname), NULL
FROM pg_foreign_data_wrapper f
UNION ALL
SELECT 'SERVER', 'pg_foreign_server'::regclass, s.oid, s.srvname, pg_get_userbyid(s.srvowner),
       format(E'CREATE SERVER %I%s%s FOREIGN DATA WRAPPER %I%s;\n', s.srvname, ' TYPE ' || quote_literal(s.srvtype),
              ' VERSION ' || quote_literal(s.srvversion), f.fdwname,
              E' OPTIONS (\n    ' || (SELECT string_agg(quote_ident(option_name) || ' ' || quote_literal(option_value), E',\n    ')
                                     FROM pg_options_to_table(s.srvoptions)) || E'\n)'),
       format(E'DROP SERVER %I;\n', s.srvname), NULL
FROM pg_foreign_server s
JOIN pg_foreign_data_wrapper f ON f.oid = s.srvfdw
UNION ALL
-- nothing says that a mapping needs its server but this
SELECT 'USER MAPPING', 0, 0, format('USER MAPPING %s SERVER %s', u.usename, u.srvname), pg_get_userbyid(s.srvowner),
       format(E'CREATE USER MAPPING FOR %s SERVER %I%s;\n', CASE u.umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(u.usename) END, u.srvname,
              E' OPTIONS (\n    ' || (SELECT string_agg(quote_ident(option_name) || ' ' || quote_literal(option_value), E',\n    ')
                                     FROM pg_options_to_table(u.umoptions)) || E'\n)'),
       format(E'DROP USER MAPPING FOR %s SERVER %I;\n', CASE u.umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(u.usename) END, u.srvname),
       'pg_foreign_server'::regclass::oid || '/' || u.srvid
FROM pg_user_mappings u
JOIN pg_foreign_server s ON s.oid = u.srvid
UNION ALL
-- a copy has a name of its own, so the statement asks for it
SELECT 'DATABASE PROPERTIES', 0, 0, current_database(), pg_get_userbyid(d.datdba),
       format(E'DO %s;\n', quote_literal(E'BEGIN\n' || string_agg(format(
           E'    EXECUTE pg_catalog.format(%L, pg_catalog.current_database());\n',
           CASE s.setrole WHEN 0 THEN 'ALTER DATABASE %I SET '
           ELSE format('ALTER ROLE %s IN DATABASE %%I SET ', replace(quote_ident(pg_get_userbyid(s.setrole)), '%', '%%')) END
           || replace(format('%s TO %s', quote_ident(c.name), c.value), '%', '%%')), '' ORDER BY s.setrole, c.place) || 'END')),
       NULL, NULL
FROM pg_db_role_setting s
JOIN pg_database d ON d.oid = s.setdatabase AND d.datname = current_database()
CROSS JOIN LATERAL (
    SELECT split_part(entry, '=', 1) AS name, place,
           -- lists of names are kept as they are written; source: GUC_LIST_QUOTE in src/backend/utils/misc/guc_tables.c
           CASE WHEN split_part(entry, '=', 1) IN ('search_path', 'temp_tablespaces', 'local_preload_libraries', 'session_preload_libraries')
                     AND substr(entry, strpos(entry, '=') + 1) NOT IN ('', '""')
                THEN substr(entry, strpos(entry, '=') + 1)
                WHEN substr(entry, strpos(entry, '=') + 1) = '""' THEN ''''''
                ELSE quote_literal(substr(entry, strpos(entry, '=') + 1)) END AS value
    FROM unnest(s.setconfig) WITH ORDINALITY e(entry, place)
) c
GROUP BY d.datname, d.datdba
