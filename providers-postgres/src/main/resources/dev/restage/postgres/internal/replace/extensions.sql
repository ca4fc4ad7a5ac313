SELECT a.name,
    (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = a.name),
    me.rolsuper OR v.trusted
        -- Heroku lets its users create what is on this list; https://github.com/dimitri/pgextwlist
        OR a.name = ANY (string_to_array(replace(current_setting('extwlist.extensions', true), ' ', ''), ','))
FROM pg_available_extensions a
JOIN pg_available_extension_versions v ON v.name = a.name AND v.version = a.default_version
CROSS JOIN pg_roles me
WHERE me.rolname = current_user
