-- Members of operator families count as the family, except for what ties them to a class (pg_dump: getDependencies).
SELECT DISTINCT d.classid, d.objid, d.refclassid, d.refobjid, d.deptype, COALESCE(w.rulename = '_RETURN', false)
FROM pg_depend d
LEFT JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
WHERE d.deptype <> 'p' AND (d.objid > {builtin} OR d.deptype = 'e')
  AND d.classid NOT IN ('pg_amop'::regclass, 'pg_amproc'::regclass)
  -- before 16 every rule of a view needs its own view for OLD and NEW, but no column of it
  AND NOT (COALESCE(w.rulename = '_RETURN' AND d.refobjid = w.ev_class, false) AND d.refclassid = 'pg_class'::regclass
           AND d.deptype = 'n' AND d.refobjsubid = 0)
UNION
SELECT 'pg_opfamily'::regclass, o.amopfamily, d.refclassid, d.refobjid, d.deptype, false
FROM pg_depend d
JOIN pg_amop o ON o.oid = d.objid
WHERE d.classid = 'pg_amop'::regclass AND d.objid > {builtin} AND d.deptype NOT IN ('p', 'e', 'i')
UNION
SELECT 'pg_opfamily'::regclass, p.amprocfamily, d.refclassid, d.refobjid, d.deptype, false
FROM pg_depend d
JOIN pg_amproc p ON p.oid = d.objid
WHERE d.classid = 'pg_amproc'::regclass AND d.objid > {builtin} AND d.deptype NOT IN ('p', 'e', 'i')
