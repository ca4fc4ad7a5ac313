-- Array types, row types of relations, relations of composite types, multiranges, view rules, indexes of constraints,
-- expressions of generated columns.
SELECT 'pg_type'::regclass::oid, t.typarray, 'pg_type'::regclass::oid, t.oid
FROM pg_type t
WHERE t.typarray > {builtin}
UNION ALL
SELECT 'pg_type'::regclass, c.reltype, 'pg_class'::regclass, c.oid
FROM pg_class c
WHERE c.reltype > {builtin} AND c.relkind <> 'c'
UNION ALL
SELECT 'pg_class'::regclass, c.oid, 'pg_type'::regclass, c.reltype
FROM pg_class c
WHERE c.oid > {builtin} AND c.relkind = 'c'
UNION ALL                                                                            -- >=14
SELECT 'pg_type'::regclass, r.rngmultitypid, 'pg_type'::regclass, r.rngtypid        -- >=14
FROM pg_range r                                                                      -- >=14
WHERE r.rngmultitypid > {builtin}                                                    -- >=14
UNION ALL
SELECT 'pg_rewrite'::regclass, w.oid, 'pg_class'::regclass, w.ev_class
FROM pg_rewrite w
WHERE w.oid > {builtin} AND w.rulename = '_RETURN'
UNION ALL
SELECT 'pg_class'::regclass, k.conindid, 'pg_constraint'::regclass, k.oid
FROM pg_constraint k
WHERE k.oid > {builtin} AND k.contype IN ('p', 'u', 'x')
UNION ALL
SELECT 'pg_constraint'::regclass, k.oid, 'pg_class'::regclass, k.conrelid
FROM pg_constraint k
WHERE k.oid > {builtin} AND k.contype = 'n' AND k.convalidated AND k.conrelid <> 0
UNION ALL
SELECT 'pg_attrdef'::regclass, d.oid, 'pg_class'::regclass, d.adrelid
FROM pg_attrdef d
JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE d.oid > {builtin} AND a.attgenerated <> ''
