SELECT format('ALTER DATABASE %I CONNECTION LIMIT %s', {name}, d.datconnlimit) FROM pg_database d WHERE d.datname = {database}
UNION ALL
SELECT format('COMMENT ON DATABASE %I IS %s', {name}, quote_nullable(shobj_description(d.oid, 'pg_database')))
FROM pg_database d WHERE d.datname = {database}
UNION ALL
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC, %I', {name}, pg_get_userbyid(d.datdba)) FROM pg_database d WHERE d.datname = {database}
UNION ALL
SELECT format('GRANT %s ON DATABASE %I TO %s%s', a.privilege_type, {name},
    CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
    CASE WHEN a.is_grantable AND a.grantee <> d.datdba THEN ' WITH GRANT OPTION' ELSE '' END)
FROM pg_database d
CROSS JOIN LATERAL aclexplode(COALESCE(d.datacl, acldefault('d', d.datdba))) AS a
WHERE d.datname = {database}
