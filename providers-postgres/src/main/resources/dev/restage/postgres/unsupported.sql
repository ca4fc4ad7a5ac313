SELECT 'foreign table', c.oid::regclass::text, 'pg_class'::regclass::oid, c.oid
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'f' AND {own}
UNION ALL
SELECT 'inheritance of table', c.oid::regclass::text, 'pg_class'::regclass::oid, c.oid
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND NOT c.relispartition AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid) AND {own}
UNION ALL
SELECT 'typed table', c.oid::regclass::text, 'pg_class'::regclass::oid, c.oid
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.reloftype <> 0 AND {own}
UNION ALL
SELECT 'table without columns', c.oid::regclass::text, 'pg_class'::regclass::oid, c.oid
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AND {own}
UNION ALL
SELECT 'row security of table', c.oid::regclass::text, 'pg_class'::regclass::oid, c.oid
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE (c.relrowsecurity OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)) AND {own}
UNION ALL
SELECT CASE t.typtype WHEN 'r' THEN 'range type' ELSE 'base type' END, t.oid::regtype::text, 'pg_type'::regclass::oid, t.oid
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE (t.typtype IN ('r', 'p') OR t.typtype = 'b' AND t.typsubscript <> 'array_subscript_handler'::regproc) AND {own}
UNION ALL
SELECT l.lanname || ' function', p.oid::regprocedure::text, 'pg_proc'::regclass::oid, p.oid
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
WHERE l.lanname IN ('c', 'internal') AND p.prokind <> 'a' AND {own}
UNION ALL
SELECT 'aggregate of a special kind', p.oid::regprocedure::text, 'pg_proc'::regclass::oid, p.oid
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_aggregate a ON a.aggfnoid = p.oid
WHERE (a.aggkind <> 'n' OR a.aggmtransfn <> 0 OR a.aggsortop <> 0) AND {own}
UNION ALL
SELECT 'operator', o.oid::regoperator::text, 'pg_operator'::regclass::oid, o.oid
FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE {own}
UNION ALL
SELECT 'operator family', format('%I.%I', n.nspname, o.opfname), 'pg_opfamily'::regclass::oid, o.oid
FROM pg_opfamily o JOIN pg_namespace n ON n.oid = o.opfnamespace WHERE {own}
UNION ALL
SELECT 'collation', format('%I.%I', n.nspname, o.collname), 'pg_collation'::regclass::oid, o.oid
FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace WHERE {own}
UNION ALL
SELECT 'conversion', format('%I.%I', n.nspname, o.conname), 'pg_conversion'::regclass::oid, o.oid
FROM pg_conversion o JOIN pg_namespace n ON n.oid = o.connamespace WHERE {own}
UNION ALL
SELECT 'text search configuration', format('%I.%I', n.nspname, o.cfgname), 'pg_ts_config'::regclass::oid, o.oid
FROM pg_ts_config o JOIN pg_namespace n ON n.oid = o.cfgnamespace WHERE {own}
UNION ALL
SELECT 'text search dictionary', format('%I.%I', n.nspname, o.dictname), 'pg_ts_dict'::regclass::oid, o.oid
FROM pg_ts_dict o JOIN pg_namespace n ON n.oid = o.dictnamespace WHERE {own}
UNION ALL
SELECT 'cast', format('%s as %s', format_type(castsource, NULL), format_type(casttarget, NULL)), 'pg_cast'::regclass::oid, oid
FROM pg_cast WHERE oid >= 16384
UNION ALL
SELECT 'transform', format_type(trftype, NULL), 'pg_transform'::regclass::oid, oid FROM pg_transform WHERE oid >= 16384
UNION ALL
SELECT 'language', lanname, 'pg_language'::regclass::oid, oid FROM pg_language WHERE oid >= 16384
UNION ALL
SELECT 'foreign server', srvname, 'pg_foreign_server'::regclass::oid, oid FROM pg_foreign_server
UNION ALL
SELECT 'foreign data wrapper', fdwname, 'pg_foreign_data_wrapper'::regclass::oid, oid FROM pg_foreign_data_wrapper
UNION ALL
SELECT 'event trigger', evtname, 'pg_event_trigger'::regclass::oid, oid FROM pg_event_trigger
UNION ALL
(SELECT 'large object', oid::text, 'pg_largeobject'::regclass::oid, oid FROM pg_largeobject_metadata LIMIT 1)
