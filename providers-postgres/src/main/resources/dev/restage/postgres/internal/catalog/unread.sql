-- What no other statement here reads: the object, and what to say of it.
SELECT d.classid, d.objid, format('%s %s is of a kind that is not known here, so it', upper(i.type), i.identity)
FROM pg_depend d
CROSS JOIN pg_identify_object(d.classid, d.objid, 0) i
WHERE d.objid > {builtin} AND d.classid NOT IN (
    'pg_am'::regclass, 'pg_amop'::regclass, 'pg_amproc'::regclass, 'pg_attrdef'::regclass, 'pg_cast'::regclass,
    'pg_class'::regclass, 'pg_collation'::regclass, 'pg_constraint'::regclass, 'pg_conversion'::regclass,
    'pg_default_acl'::regclass, 'pg_event_trigger'::regclass, 'pg_extension'::regclass,
    'pg_foreign_data_wrapper'::regclass, 'pg_foreign_server'::regclass, 'pg_language'::regclass,
    'pg_largeobject'::regclass, 'pg_namespace'::regclass, 'pg_opclass'::regclass, 'pg_operator'::regclass,
    'pg_opfamily'::regclass, 'pg_policy'::regclass, 'pg_proc'::regclass, 'pg_publication'::regclass,
    'pg_publication_rel'::regclass, 'pg_rewrite'::regclass, 'pg_statistic_ext'::regclass,
    'pg_publication_namespace'::regclass, -- >=15
    'pg_transform'::regclass, 'pg_trigger'::regclass, 'pg_ts_config'::regclass, 'pg_ts_dict'::regclass,
    'pg_ts_parser'::regclass, 'pg_ts_template'::regclass, 'pg_type'::regclass, 'pg_user_mapping'::regclass)
UNION
SELECT 'pg_class'::regclass, c.oid, format('%s is of a kind (%s) that is not known here, so it', c.oid::regclass, c.relkind)
FROM pg_class c
WHERE c.oid > {builtin} AND c.relkind NOT IN ('r', 'p', 'v', 'm', 'S', 'f', 'i', 'I', 't', 'c')
UNION
SELECT 'pg_namespace'::regclass, n.oid,
       format('SCHEMA restage is for the marker of Restage alone, so what is in it (%s)',
              string_agg(pg_describe_object(d.classid, d.objid, 0), ', ' ORDER BY d.objid))
FROM pg_namespace n
JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid
WHERE n.nspname = 'restage'
GROUP BY n.oid
ORDER BY 3
