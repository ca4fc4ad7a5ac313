SELECT DISTINCT o.identity
FROM pg_extension e
JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e'
CROSS JOIN LATERAL (
    SELECT c.relname AS identity FROM pg_class c WHERE d.classid = 'pg_class'::regclass AND c.oid = d.objid
    UNION ALL SELECT p.proname FROM pg_proc p WHERE d.classid = 'pg_proc'::regclass AND p.oid = d.objid
    UNION ALL SELECT t.typname FROM pg_type t WHERE d.classid = 'pg_type'::regclass AND t.oid = d.objid
    UNION ALL SELECT o.oprname FROM pg_operator o WHERE d.classid = 'pg_operator'::regclass AND o.oid = d.objid
    UNION ALL SELECT c.opcname FROM pg_opclass c WHERE d.classid = 'pg_opclass'::regclass AND c.oid = d.objid
    UNION ALL SELECT x.dictname FROM pg_ts_dict x WHERE d.classid = 'pg_ts_dict'::regclass AND x.oid = d.objid
    UNION ALL SELECT x.tmplname FROM pg_ts_template x WHERE d.classid = 'pg_ts_template'::regclass AND x.oid = d.objid
) o
WHERE e.extname = {extension}
