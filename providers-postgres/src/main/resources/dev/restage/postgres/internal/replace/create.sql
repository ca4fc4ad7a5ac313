SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING %L', {name}, pg_get_userbyid(d.datdba), pg_encoding_to_char(d.encoding))
    || COALESCE(format(' LC_COLLATE %L LC_CTYPE %L', d.datcollate, d.datctype), '')
    || CASE j->>'datlocprovider'
        WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %L', COALESCE(j->>'datlocale', j->>'daticulocale'))
            || COALESCE(format(' ICU_RULES %L', j->>'daticurules'), '')
        WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', j->>'datlocale')
        WHEN 'c' THEN ' LOCALE_PROVIDER libc'
        ELSE ''
    END
    || CASE WHEN d.dattablespace <> (SELECT z.dattablespace FROM pg_database z WHERE z.datname = 'template0')
            AND has_tablespace_privilege(d.dattablespace, 'CREATE')
        THEN format(' TABLESPACE %I', t.spcname) ELSE '' END
FROM pg_database d
JOIN pg_tablespace t ON t.oid = d.dattablespace
CROSS JOIN LATERAL to_jsonb(d) AS j
WHERE d.datname = {database}
