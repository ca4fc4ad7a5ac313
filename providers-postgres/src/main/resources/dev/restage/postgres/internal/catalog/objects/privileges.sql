-- Where an object's privileges differ from those it has when it is made: what is to be revoked, then what is to be
-- granted, in the order of the list. So does pg_dump (dumpACL, buildACLCommands), which is why lists come out equal.
WITH object(classoid, oid, subid, schema, owner, letter, acl, type, name, label, prefix) AS (
    SELECT 'pg_class'::regclass::oid, c.oid, 0, n.nspname, c.relowner, CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END, c.relacl,
           CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass::text, quote_ident(c.relname), ''
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ({own} OR n.nspname = 'pg_catalog')
    UNION ALL
    SELECT 'pg_class'::regclass, c.oid, a.attnum, n.nspname, c.relowner, 'c', a.attacl,
           'TABLE', c.oid::regclass::text, format('%I.%I', c.relname, a.attname), ''
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT a.attisdropped AND ({own} OR n.nspname = 'pg_catalog')
    UNION ALL
    SELECT 'pg_namespace'::regclass, n.oid, 0, NULL, n.nspowner, 'n', n.nspacl, 'SCHEMA', quote_ident(n.nspname), quote_ident(n.nspname), ''
    FROM pg_namespace n
    WHERE {own} OR n.nspname = 'pg_catalog'
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, 0, n.nspname, p.proowner, 'f', p.proacl,
           CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END,
           format('%I.%I(%s)', n.nspname, p.proname, {signature}),
           format('%I(%s)', p.proname, oidvectortypes(p.proargtypes)), ''
    FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE {own} OR n.nspname = 'pg_catalog'
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, 0, n.nspname, t.typowner, 'T', t.typacl,
           'TYPE', format('%I.%I', n.nspname, t.typname), quote_ident(t.typname), ''
    FROM pg_type t
    JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE {own} OR n.nspname = 'pg_catalog'
    UNION ALL
    SELECT 'pg_language'::regclass, l.oid, 0, NULL, l.lanowner, 'l', l.lanacl, 'LANGUAGE', quote_ident(l.lanname), quote_ident(l.lanname), ''
    FROM pg_language l
    UNION ALL
    SELECT 'pg_largeobject'::regclass, l.oid, 0, NULL, l.lomowner, 'L', l.lomacl, 'LARGE OBJECT', l.oid::text, l.oid::text, ''
    FROM pg_largeobject_metadata l
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, f.oid, 0, NULL, f.fdwowner, 'F', f.fdwacl,
           'FOREIGN DATA WRAPPER', quote_ident(f.fdwname), quote_ident(f.fdwname), ''
    FROM pg_foreign_data_wrapper f
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, s.oid, 0, NULL, s.srvowner, 'S', s.srvacl,
           'FOREIGN SERVER', quote_ident(s.srvname), quote_ident(s.srvname), ''
    FROM pg_foreign_server s
    UNION ALL
    SELECT 'pg_default_acl'::regclass, d.oid, 0, n.nspname, d.defaclrole, CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype::text END,
           d.defaclacl, CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                        WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END, NULL, '',
           format('ALTER DEFAULT PRIVILEGES FOR ROLE %I%s ', pg_get_userbyid(d.defaclrole), ' IN SCHEMA ' || quote_ident(n.nspname))
    FROM pg_default_acl d
    LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
), list AS (
    SELECT o.*, acldefault(o.letter::"char", o.owner) AS preset, i.initprivs,
           o.classoid = 'pg_namespace'::regclass AND o.name IN ('public', '"public"') AS is_public,
           CASE o.letter
                         WHEN 'r' THEN CASE WHEN {target} < 17 THEN 7 ELSE 8 END -- <17
                         WHEN 'r' THEN 8 -- >=17
                         WHEN 'c' THEN 4 WHEN 's' THEN 3 WHEN 'n' THEN 2 WHEN 'L' THEN 2 ELSE 1 END AS complete
    FROM object o
    LEFT JOIN pg_init_privs i ON i.classoid = o.classoid AND i.objoid = o.oid AND i.objsubid = o.subid
), privilege AS (
    SELECT l.classoid, l.oid, l.subid, x.*
    FROM list l
    CROSS JOIN LATERAL (
        -- the schema public is compared with that of a new database of 15 and later
        SELECT false AS granted, e.*
        FROM aclexplode(CASE WHEN l.is_public THEN l.preset || makeaclitem(0, l.owner, 'USAGE', false)
                        WHEN l.prefix = '' OR l.schema IS NULL THEN COALESCE(l.initprivs, l.preset) END)
             WITH ORDINALITY e(grantor, grantee, word, grantable, place)
        UNION ALL
        SELECT true, e.*
        FROM aclexplode(COALESCE(l.acl, l.preset)) WITH ORDINALITY e(grantor, grantee, word, grantable, place)
    ) x
    WHERE (l.acl IS DISTINCT FROM l.initprivs OR l.is_public)
        AND NOT ({target} < 17 AND x.word = 'MAINTAIN' AND x.grantee = l.owner)
), item AS (
    SELECT classoid, oid, subid, granted, grantor, grantee, min(place) AS place,
           array_agg(word ORDER BY place) FILTER (WHERE NOT grantable) AS words,
           array_agg(word ORDER BY place) FILTER (WHERE grantable) AS grantable,
           count(*) OVER (PARTITION BY classoid, oid, subid, grantor, grantee,
                                       array_agg(word || grantable::text ORDER BY word, grantable)) AS sides
    FROM privilege
    GROUP BY classoid, oid, subid, granted, grantor, grantee
), statement AS (
    SELECT l.*, i.granted, i.place, v.option,
           l.prefix || CASE WHEN i.granted THEN 'GRANT ' ELSE 'REVOKE ' END
           || CASE WHEN cardinality(v.words) = l.complete
                   - CASE WHEN l.letter = 'r' AND {target} < 17 AND 'MAINTAIN' <> ALL (v.words) THEN 1 ELSE 0 END -- >=17
              THEN 'ALL' || w.of ELSE array_to_string(v.words, w.of || ',') || w.of END
           || ' ON ' || l.type || COALESCE(' ' || l.name, '') || CASE WHEN i.granted THEN ' TO ' ELSE ' FROM ' END
           || CASE i.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(i.grantee)) END
           || v.option || E';\n' AS text,
           NOT i.granted OR i.grantor = l.owner AS by_owner, quote_ident(pg_get_userbyid(i.grantor)) AS grantor
    FROM item i
    JOIN list l ON l.classoid = i.classoid AND l.oid = i.oid AND l.subid = i.subid
    CROSS JOIN LATERAL (SELECT CASE WHEN l.letter = 'c' THEN '(' || substr(l.label, length(quote_ident(
        (SELECT c.relname FROM pg_class c WHERE c.oid = l.oid))) + 2) || ')' ELSE '' END AS of) w
    CROSS JOIN LATERAL (
        SELECT i.words, '' AS option WHERE i.granted
        UNION ALL
        SELECT i.grantable, ' WITH GRANT OPTION' WHERE i.granted
        UNION ALL
        SELECT COALESCE(i.words, '{}') || COALESCE(i.grantable, '{}'), '' WHERE NOT i.granted
    ) v
    WHERE i.sides = 1 AND v.words IS NOT NULL
    UNION ALL                                                                                                   -- <15
    SELECT l.*, false, 0, '', E'REVOKE CREATE ON SCHEMA public FROM PUBLIC;\n', true, NULL                      -- <15
    FROM list l                                                                                                 -- <15
    WHERE l.is_public AND NOT EXISTS (SELECT FROM aclexplode(COALESCE(l.acl, l.preset)) e                       -- <15
                                      WHERE e.grantee = 0 AND e.privilege_type = 'CREATE')                      -- <15
)
SELECT CASE WHEN prefix <> '' THEN 'DEFAULT ACL' ELSE 'ACL' END AS kind,
       CASE WHEN prefix <> '' THEN classoid ELSE 0 END AS classoid, CASE WHEN prefix <> '' THEN oid ELSE 0 END AS oid, schema,
       CASE WHEN prefix <> '' THEN 'DEFAULT PRIVILEGES FOR ' || type
            ELSE CASE letter WHEN 'c' THEN 'COLUMN' ELSE type END || ' ' || label END AS tag,
       type AS name, pg_get_userbyid(owner) AS tie, pg_get_userbyid(owner) AS owner,
       string_agg(CASE WHEN by_owner THEN text
                  ELSE format(E'SET SESSION AUTHORIZATION %s;\n%sRESET SESSION AUTHORIZATION;\n', grantor, text) END,
                  '' ORDER BY granted, place, option) AS definition,
       CASE WHEN prefix = '' THEN classoid || '/' || oid
            ELSE (SELECT 'pg_namespace'::regclass::oid || '/' || n.oid FROM pg_namespace n WHERE n.nspname = schema) END AS host
FROM statement
GROUP BY classoid, oid, subid, schema, owner, letter, type, label, prefix
ORDER BY classoid, oid, subid
