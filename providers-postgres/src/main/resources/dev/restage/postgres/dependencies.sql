SELECT DISTINCT classid, objid, refclassid, refobjid
FROM (
    SELECT CASE WHEN r.oid IS NULL THEN d.classid ELSE 'pg_class'::regclass::oid END AS classid,
           COALESCE(r.ev_class, d.objid) AS objid,
           CASE WHEN t.oid IS NULL THEN d.refclassid ELSE 'pg_class'::regclass::oid END AS refclassid,
           CASE WHEN t.oid IS NULL THEN d.refobjid ELSE t.typrelid END AS refobjid,
           d.deptype
    FROM pg_depend d
    LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid AND r.rulename = '_RETURN'
    LEFT JOIN (pg_type t JOIN pg_class c ON c.oid = t.typrelid AND c.relkind <> 'c')
           ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid
    WHERE d.deptype IN ('n', 'a', 'i')
      AND NOT (d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
               AND EXISTS (SELECT FROM pg_sequence s WHERE s.seqrelid = d.objid))
) d
WHERE (classid, objid) <> (refclassid, refobjid)
