-- What the role may use of what the server has. On RDS members of rds_superuser may make event triggers.
SELECT 'superuser', '', r.rolsuper FROM pg_roles r WHERE r.rolname = current_user
UNION ALL
SELECT 'event triggers', '', bool_or(r.rolsuper AND r.rolname = current_user OR r.rolname = 'rds_superuser' AND pg_has_role(r.oid, 'MEMBER'))
FROM pg_roles r
UNION ALL
SELECT 'role', r.rolname, pg_has_role(r.oid, 'MEMBER') FROM pg_roles r
UNION ALL
SELECT 'language', l.lanname, me.rolsuper OR l.lanpltrusted AND has_language_privilege(l.oid, 'USAGE')
FROM pg_language l
CROSS JOIN pg_roles me
WHERE me.rolname = current_user
UNION ALL
SELECT 'wrapper', f.fdwname, has_foreign_data_wrapper_privilege(f.oid, 'USAGE') FROM pg_foreign_data_wrapper f
UNION ALL
SELECT 'setting', lower(s.name), s.context = 'user' OR s.context = 'superuser' AND me.rolsuper
FROM pg_settings s
CROSS JOIN pg_roles me
WHERE me.rolname = current_user
UNION ALL
-- these are not in the view
SELECT 'setting', name, true FROM (VALUES ('role'), ('session_authorization')) AS s(name)
