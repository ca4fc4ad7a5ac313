SELECT 'TYPE' AS kind, 'pg_type'::regclass::oid AS classoid, t.oid, n.nspname AS schema, t.typname AS tag, pg_get_userbyid(t.typowner) AS owner,
       CASE t.typtype
       WHEN 'e' THEN format(E'CREATE TYPE %I.%I AS ENUM (%s);\n', n.nspname, t.typname,
           (SELECT string_agg(E'\n    ' || quote_literal(v.enumlabel), ',' ORDER BY v.enumsortorder) || E'\n'
            FROM pg_enum v WHERE v.enumtypid = t.oid))
       WHEN 'r' THEN
           (SELECT format(E'CREATE TYPE %I.%I AS RANGE (\n    subtype = %s', n.nspname, t.typname, format_type(r.rngsubtype, NULL))
                || CASE WHEN {target} < 14 THEN ''                                     -- >=14
                   ELSE COALESCE(format(E',\n    multirange_type_name = %I.%I', mn.nspname, m.typname), '') END -- >=14
                || CASE WHEN o.opcdefault THEN '' ELSE format(E',\n    subtype_opclass = %I.%I', opn.nspname, o.opcname) END
                || CASE WHEN r.rngcollation = 0 OR r.rngcollation = s.typcollation THEN ''
                   ELSE E',\n    collation = ' || r.rngcollation::regcollation END
                || CASE WHEN r.rngcanonical = 0 THEN '' ELSE E',\n    canonical = ' || r.rngcanonical END
                || CASE WHEN r.rngsubdiff = 0 THEN '' ELSE E',\n    subtype_diff = ' || r.rngsubdiff END
                || E'\n);\n'
            FROM pg_range r
            JOIN pg_type s ON s.oid = r.rngsubtype
            JOIN pg_opclass o ON o.oid = r.rngsubopc
            JOIN pg_namespace opn ON opn.oid = o.opcnamespace
            LEFT JOIN pg_type m ON m.oid = r.rngmultitypid -- >=14
            LEFT JOIN pg_namespace mn ON mn.oid = m.typnamespace -- >=14
            WHERE r.rngtypid = t.oid)
       ELSE format(E'CREATE TYPE %I.%I AS (%s\n);\n', n.nspname, t.typname,
           (SELECT string_agg(E'\n\t' || quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                || CASE WHEN a.attcollation <> b.typcollation
                        THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END, ',' ORDER BY a.attnum)
            FROM pg_attribute a JOIN pg_type b ON b.oid = a.atttypid
            WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped))
       END AS definition,
       format(E'DROP TYPE %I.%I;\n', n.nspname, t.typname) AS drop, NULL::text AS host, NULL::text AS part, t.typname AS name, '' AS tie
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE {own} AND (t.typtype IN ('e', 'r') OR t.typtype = 'c' AND c.relkind = 'c')
UNION ALL
SELECT 'DOMAIN', 'pg_type'::regclass, t.oid, n.nspname, t.typname, pg_get_userbyid(t.typowner),
       format('CREATE DOMAIN %I.%I AS %s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod))
       || CASE WHEN t.typcollation <> b.typcollation THEN ' COLLATE ' || t.typcollation::regcollation ELSE '' END
       || CASE WHEN t.typnotnull THEN COALESCE((SELECT format(' CONSTRAINT %I', k.conname) FROM pg_constraint k
                                                WHERE k.contypid = t.oid AND k.contype = 'n'), '') || ' NOT NULL' ELSE '' END
       || COALESCE(' DEFAULT ' || pg_get_expr(t.typdefaultbin, 'pg_type'::regclass), ' DEFAULT ' || quote_literal(t.typdefault), '')
       || COALESCE((SELECT string_agg(chr(1) || 'pg_constraint'::regclass::oid || '/' || k.oid || chr(2), '' ORDER BY k.conname)
                    FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '')
       || E';\n',
       format(E'DROP DOMAIN %I.%I;\n', n.nspname, t.typname), NULL, NULL, t.typname, ''
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
JOIN pg_type b ON b.oid = t.typbasetype
WHERE t.typtype = 'd' AND {own}
UNION ALL
SELECT 'CHECK CONSTRAINT', 'pg_constraint'::regclass, k.oid, n.nspname, t.typname || ' ' || k.conname, pg_get_userbyid(t.typowner),
       format(E'ALTER DOMAIN %I.%I\n    ADD CONSTRAINT %I %s;\n', n.nspname, t.typname, k.conname, pg_get_constraintdef(k.oid)),
       format(E'ALTER DOMAIN %I.%I DROP CONSTRAINT %I;\n', n.nspname, t.typname, k.conname),
       'pg_type'::regclass::oid || '/' || t.oid,
       CASE WHEN k.convalidated THEN format(E'\n\tCONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)) END, k.conname, t.typname
FROM pg_constraint k
JOIN pg_type t ON t.oid = k.contypid
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE k.contype = 'c' AND {own}
UNION ALL
SELECT 'TYPE', 'pg_type'::regclass, t.oid, n.nspname, t.typname, pg_get_userbyid(t.typowner),
       format(E'CREATE TYPE %I.%I (\n    INTERNALLENGTH = %s,\n    INPUT = %s,\n    OUTPUT = %s', n.nspname, t.typname,
              CASE t.typlen WHEN -1 THEN 'variable' ELSE t.typlen::text END, t.typinput, t.typoutput)
       || CASE WHEN t.typreceive = 0 THEN '' ELSE E',\n    RECEIVE = ' || t.typreceive END
       || CASE WHEN t.typsend = 0 THEN '' ELSE E',\n    SEND = ' || t.typsend END
       || CASE WHEN t.typmodin = 0 THEN '' ELSE E',\n    TYPMOD_IN = ' || t.typmodin END
       || CASE WHEN t.typmodout = 0 THEN '' ELSE E',\n    TYPMOD_OUT = ' || t.typmodout END
       || CASE WHEN t.typanalyze = 0 THEN '' ELSE E',\n    ANALYZE = ' || t.typanalyze END
       || CASE WHEN t.typcollation = 0 THEN '' ELSE E',\n    COLLATABLE = true' END
       || COALESCE(E',\n    DEFAULT = ' || COALESCE(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)), '')
       || CASE WHEN t.typsubscript = 0 THEN '' ELSE E',\n    SUBSCRIPT = ' || t.typsubscript END -- >=14
       || CASE WHEN t.typelem = 0 THEN '' ELSE E',\n    ELEMENT = ' || format_type(t.typelem, NULL) END
       || CASE t.typcategory WHEN 'U' THEN '' ELSE E',\n    CATEGORY = ' || quote_literal(t.typcategory::text) END
       || CASE WHEN t.typispreferred THEN E',\n    PREFERRED = true' ELSE '' END
       || CASE t.typdelim WHEN ',' THEN '' ELSE E',\n    DELIMITER = ' || quote_literal(t.typdelim::text) END
       || E',\n    ALIGNMENT = ' || CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'i' THEN 'int4' ELSE 'double' END
       || E',\n    STORAGE = ' || CASE t.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' ELSE 'main' END
       || CASE WHEN t.typbyval THEN E',\n    PASSEDBYVALUE' ELSE '' END || E'\n);\n',
       format(E'DROP TYPE %I.%I;\n', n.nspname, t.typname), NULL, NULL, t.typname, ''
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid) AND {own}
UNION ALL
-- a type that is only named, or the name by which functions know a type before it is made, which goes with that type
SELECT CASE WHEN t.typisdefined THEN 'SHELL TYPE' ELSE 'TYPE' END, CASE WHEN t.typisdefined THEN 0 ELSE 'pg_type'::regclass::oid END, CASE WHEN t.typisdefined THEN 0 ELSE t.oid END,
       n.nspname, t.typname, pg_get_userbyid(t.typowner), format(E'CREATE TYPE %I.%I;\n', n.nspname, t.typname),
       CASE WHEN t.typisdefined THEN '' ELSE format(E'DROP TYPE %I.%I;\n', n.nspname, t.typname) END, NULL, NULL, t.typname, ''
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE (t.typtype IN ('b', 'r') OR NOT t.typisdefined) AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid) AND {own}
