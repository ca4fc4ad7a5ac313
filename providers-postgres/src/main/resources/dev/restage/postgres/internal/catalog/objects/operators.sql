-- Casts, operators, and their families and classes. A member of a family that no class holds is added to the family.
WITH member AS (
    SELECT d.refclassid AS classoid, d.refobjid AS oid, 0 AS rank, o.amopstrategy AS number, o.amoplefttype AS l, o.amoprighttype AS r,
           format('OPERATOR %s %s', o.amopstrategy, o.amopopr::regoperator)
           || COALESCE((SELECT format(' FOR ORDER BY %I.%I', fn.nspname, f.opfname)
                        FROM pg_opfamily f JOIN pg_namespace fn ON fn.oid = f.opfnamespace WHERE f.oid = o.amopsortfamily), '') AS text
    FROM pg_amop o
    JOIN pg_depend d ON d.classid = 'pg_amop'::regclass AND d.objid = o.oid
    WHERE d.refclassid IN ('pg_opfamily'::regclass, 'pg_opclass'::regclass)
    UNION ALL
    SELECT d.refclassid, d.refobjid, 1, p.amprocnum, p.amproclefttype, p.amprocrighttype,
           format('FUNCTION %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, NULL), format_type(p.amprocrighttype, NULL),
                  p.amproc::regprocedure)
    FROM pg_amproc p
    JOIN pg_depend d ON d.classid = 'pg_amproc'::regclass AND d.objid = p.oid
    WHERE d.refclassid IN ('pg_opfamily'::regclass, 'pg_opclass'::regclass)
), members AS (
    SELECT classoid, oid, string_agg(text, E' ,\n    ' ORDER BY rank, number, l, r) AS text
    FROM member
    GROUP BY classoid, oid
)
SELECT 'CAST' AS kind, 'pg_cast'::regclass::oid AS classoid, c.oid, NULL::text AS schema,
       format('CAST (%s AS %s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)) AS tag, '' AS owner,
       format(E'CREATE CAST (%s AS %s) %s%s;\n', format_type(c.castsource, NULL), format_type(c.casttarget, NULL),
              CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END,
              CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END) AS definition,
       format(E'DROP CAST (%s AS %s);\n', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)) AS drop,
       format('%s %s', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)) AS name, '' AS tie
FROM pg_cast c
WHERE c.oid > {builtin}
  -- those from ranges to multiranges come with the range
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'i')
UNION ALL
SELECT 'OPERATOR', 'pg_operator'::regclass, o.oid, n.nspname, o.oprname, pg_get_userbyid(o.oprowner),
       format(E'CREATE OPERATOR %I.%s (\n    FUNCTION = %s', n.nspname, o.oprname, o.oprcode)
       || CASE WHEN o.oprleft <> 0 THEN E',\n    LEFTARG = ' || format_type(o.oprleft, NULL) ELSE '' END
       || CASE WHEN o.oprright <> 0 THEN E',\n    RIGHTARG = ' || format_type(o.oprright, NULL) ELSE '' END
       || COALESCE((SELECT format(E',\n    COMMUTATOR = OPERATOR(%I.%s)', xn.nspname, x.oprname)
                    FROM pg_operator x JOIN pg_namespace xn ON xn.oid = x.oprnamespace WHERE x.oid = o.oprcom), '')
       || COALESCE((SELECT format(E',\n    NEGATOR = OPERATOR(%I.%s)', xn.nspname, x.oprname)
                    FROM pg_operator x JOIN pg_namespace xn ON xn.oid = x.oprnamespace WHERE x.oid = o.oprnegate), '')
       || CASE WHEN o.oprcanmerge THEN E',\n    MERGES' ELSE '' END
       || CASE WHEN o.oprcanhash THEN E',\n    HASHES' ELSE '' END
       || CASE WHEN o.oprrest <> 0 THEN E',\n    RESTRICT = ' || o.oprrest ELSE '' END
       || CASE WHEN o.oprjoin <> 0 THEN E',\n    JOIN = ' || o.oprjoin ELSE '' END || E'\n);\n',
       format(E'DROP OPERATOR %I.%s (%s, %s);\n', n.nspname, o.oprname,
              CASE o.oprleft WHEN 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END,
              CASE o.oprright WHEN 0 THEN 'NONE' ELSE format_type(o.oprright, NULL) END),
       o.oprname, format('%s %s %s', o.oprkind, format_type(o.oprleft, NULL), format_type(o.oprright, NULL))
FROM pg_operator o
JOIN pg_namespace n ON n.oid = o.oprnamespace
WHERE o.oprcode <> 0 AND {own}
UNION ALL
SELECT 'OPERATOR FAMILY', 'pg_opfamily'::regclass, f.oid, n.nspname, f.opfname, pg_get_userbyid(f.opfowner),
       format(E'CREATE OPERATOR FAMILY %I.%I USING %I;\n', n.nspname, f.opfname, a.amname)
       || COALESCE(format(E'ALTER OPERATOR FAMILY %I.%I USING %I ADD\n    ', n.nspname, f.opfname, a.amname) || m.text || E';\n', ''),
       format(E'DROP OPERATOR FAMILY %I.%I USING %I;\n', n.nspname, f.opfname, a.amname), f.opfname, a.amname
FROM pg_opfamily f
JOIN pg_namespace n ON n.oid = f.opfnamespace
JOIN pg_am a ON a.oid = f.opfmethod
LEFT JOIN members m ON m.classoid = 'pg_opfamily'::regclass AND m.oid = f.oid
WHERE {own}
UNION ALL
SELECT 'OPERATOR CLASS', 'pg_opclass'::regclass, c.oid, n.nspname, c.opcname, pg_get_userbyid(c.opcowner),
       format(E'CREATE OPERATOR CLASS %I.%I\n    %sFOR TYPE %s USING %I FAMILY %I.%I AS\n    %s;\n', n.nspname, c.opcname,
              CASE WHEN c.opcdefault THEN 'DEFAULT ' ELSE '' END, format_type(c.opcintype, NULL), a.amname, fn.nspname, f.opfname,
              CASE WHEN c.opckeytype <> 0 OR m.text IS NULL
                   THEN 'STORAGE ' || format_type(COALESCE(NULLIF(c.opckeytype, 0), c.opcintype), NULL)
                        || COALESCE(E' ,\n    ' || m.text, '')
                   ELSE m.text END),
       format(E'DROP OPERATOR CLASS %I.%I USING %I;\n', n.nspname, c.opcname, a.amname), c.opcname, a.amname
FROM pg_opclass c
JOIN pg_namespace n ON n.oid = c.opcnamespace
JOIN pg_am a ON a.oid = c.opcmethod
JOIN pg_opfamily f ON f.oid = c.opcfamily
JOIN pg_namespace fn ON fn.oid = f.opfnamespace
LEFT JOIN members m ON m.classoid = 'pg_opclass'::regclass AND m.oid = c.oid
WHERE {own}
