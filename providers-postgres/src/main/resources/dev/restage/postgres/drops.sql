SELECT format('DROP %s IF EXISTS %s CASCADE',
              CASE o.type WHEN 'statistics object' THEN 'STATISTICS' ELSE upper(o.type) END, o.identity),
       o.classid, o.objid
FROM (
    SELECT i.type, i.identity, x.*
    FROM (
        SELECT 1 AS place, 'pg_class'::regclass::oid AS classid, c.oid AS objid
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE (c.relkind IN ('r', 'p', 'v', 'm', 'f')
               OR c.relkind = 'S' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i'))
          AND {own}
        UNION ALL
        SELECT 2, 'pg_proc'::regclass, p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {own}
        UNION ALL
        SELECT 3, 'pg_operator'::regclass, p.oid FROM pg_operator p JOIN pg_namespace n ON n.oid = p.oprnamespace WHERE {own}
        UNION ALL
        SELECT 4, 'pg_opfamily'::regclass, p.oid FROM pg_opfamily p JOIN pg_namespace n ON n.oid = p.opfnamespace WHERE {own}
        UNION ALL
        SELECT 5, 'pg_type'::regclass, t.oid
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
        WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c'
               OR t.typtype = 'b' AND t.typsubscript <> 'array_subscript_handler'::regproc)
          AND {own}
        UNION ALL
        SELECT 6, 'pg_ts_config'::regclass, p.oid FROM pg_ts_config p JOIN pg_namespace n ON n.oid = p.cfgnamespace WHERE {own}
        UNION ALL
        SELECT 7, 'pg_ts_dict'::regclass, p.oid FROM pg_ts_dict p JOIN pg_namespace n ON n.oid = p.dictnamespace WHERE {own}
        UNION ALL
        SELECT 8, 'pg_collation'::regclass, p.oid FROM pg_collation p JOIN pg_namespace n ON n.oid = p.collnamespace WHERE {own}
        UNION ALL
        SELECT 9, 'pg_namespace'::regclass, n.oid FROM pg_namespace n
        WHERE {own} AND n.nspname <> 'public'
          AND NOT EXISTS (SELECT FROM pg_extension e WHERE e.extnamespace = n.oid)
    ) x
    CROSS JOIN LATERAL pg_identify_object(x.classid, x.objid, 0) i
) o
ORDER BY o.place, o.identity
