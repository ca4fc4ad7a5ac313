-- What was found that came with a version after the target's: the object, and what to say of it. Publications and
-- privileges are looked at where they are carried.
SELECT f.class, f.oid, format('%s needs PostgreSQL %s: %s', f.object, f.since, f.feature)
FROM (
    SELECT 'pg_class'::regclass::oid AS class, r.oid, c.relnamespace AS schema, r.object, r.since, r.feature
    FROM (
        SELECT NULL::oid AS oid, NULL AS object, 0 AS since, NULL AS feature WHERE false
        UNION ALL                                                                                          -- >=14
        SELECT s.stxrelid, format('STATISTICS %s', s.stxname), 14, 'an expression'                         -- >=14
        FROM pg_statistic_ext s WHERE s.stxexprs IS NOT NULL                                               -- >=14
        UNION ALL                                                                                          -- >=15
        SELECT i.indrelid, format('INDEX %s', i.indexrelid::regclass), 15, 'NULLS NOT DISTINCT'            -- >=15
        FROM pg_index i WHERE i.indnullsnotdistinct                                                        -- >=15
        UNION ALL                                                                                          -- >=15
        SELECT c.oid, format('SEQUENCE %s', c.oid::regclass), 15, 'UNLOGGED'                               -- >=15
        FROM pg_class c WHERE c.relkind = 'S' AND c.relpersistence = 'u'                                   -- >=15
        UNION ALL                                                                                          -- >=15
        SELECT c.oid, format('VIEW %s', c.oid::regclass), 15, 'security_invoker'                           -- >=15
        FROM pg_class c WHERE c.relkind = 'v' AND array_to_string(c.reloptions, ' ') LIKE '%security_invoker%' -- >=15
        UNION ALL                                                                                          -- >=15
        SELECT k.conrelid, format('FK CONSTRAINT %s on %s', k.conname, k.conrelid::regclass), 15, 'ON DELETE SET of some columns' -- >=15
        FROM pg_constraint k WHERE k.confdelsetcols IS NOT NULL                                            -- >=15
        UNION ALL                                                                                          -- >=17
        SELECT a.attrelid, format('COLUMN %s.%I', a.attrelid::regclass, a.attname), 17, 'an identity of a partitioned table' -- >=17
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid                                          -- >=17
        WHERE a.attidentity <> '' AND c.relkind = 'p' AND NOT a.attisdropped                               -- >=17
        UNION ALL                                                                                          -- >=18
        SELECT a.attrelid, format('COLUMN %s.%I', a.attrelid::regclass, a.attname), 18, 'GENERATED VIRTUAL' -- >=18
        FROM pg_attribute a WHERE a.attgenerated = 'v' AND NOT a.attisdropped                              -- >=18
        UNION ALL                                                                                          -- >=18
        SELECT k.conrelid, format('CONSTRAINT %s on %s', k.conname, k.conrelid::regclass), 18,             -- >=18
               CASE WHEN k.conperiod THEN 'WITHOUT OVERLAPS' WHEN NOT k.conenforced THEN 'NOT ENFORCED'    -- >=18
                    ELSE 'NOT NULL with NO INHERIT or NOT VALID' END                                       -- >=18
        FROM pg_constraint k                                                                               -- >=18
        WHERE k.conperiod OR NOT k.conenforced OR k.contype = 'n' AND (k.connoinherit OR NOT k.convalidated) -- >=18
        UNION ALL                                                                                      -- >=14
        SELECT a.attrelid, format('COLUMN %s.%I', a.attrelid::regclass, a.attname), 14, format_type(a.atttypid, NULL) -- >=14
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid                                       -- >=14
        LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'                               -- >=14
        WHERE 'm' IN (t.typtype, e.typtype) AND NOT a.attisdropped AND a.attnum > 0                    -- >=14
        UNION ALL                                                                                      -- >=14
        SELECT i.indrelid, format('INDEX %s', i.indexrelid::regclass), 14,                             -- >=14
               CASE WHEN i.indnatts > i.indnkeyatts THEN 'INCLUDE of an SP-GiST index' ELSE 'an operator class of BRIN' END -- >=14
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam        -- >=14
        WHERE m.amname = 'spgist' AND i.indnatts > i.indnkeyatts                                       -- >=14
            OR EXISTS (SELECT FROM pg_opclass o WHERE o.oid = ANY (i.indclass)                         -- >=14
                       AND o.opcname ~ '_(minmax_multi|bloom)_ops$' AND o.oid <= {builtin})            -- >=14
        UNION ALL                                                                                      -- >=17
        SELECT c.oid, format('TABLE %s', c.oid::regclass), 17, 'an access method of a partitioned table' -- >=17
        FROM pg_class c WHERE c.relkind = 'p' AND c.relam <> 0                                         -- >=17
    ) r
    JOIN pg_class c ON c.oid = r.oid
    UNION ALL                                                                                          -- >=14
    SELECT 'pg_proc'::regclass, p.oid, p.pronamespace,                                                 -- >=14
           format('%s %s', CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, p.oid::regprocedure), 14, -- >=14
           CASE WHEN p.prosqlbody IS NOT NULL THEN 'a body of SQL without quotes'                      -- >=14
                WHEN p.prokind = 'p' AND 'o' = ANY (p.proargmodes) THEN 'OUT'                          -- >=14
                ELSE 'a multirange' END                                                                -- >=14
    FROM pg_proc p                                                                                     -- >=14
    WHERE p.prosqlbody IS NOT NULL OR p.prokind = 'p' AND 'o' = ANY (p.proargmodes)                    -- >=14
        OR p.oid > {builtin} AND EXISTS (                                                              -- >=14
            SELECT FROM pg_type t                                                                      -- >=14
            WHERE t.typtype = 'm' AND t.oid = ANY (p.prorettype || COALESCE(p.proallargtypes, p.proargtypes::oid[])) -- >=14
            AND NOT EXISTS (SELECT FROM pg_range r WHERE r.rngmultitypid = t.oid AND p.proname = t.typname)) -- >=14
    UNION ALL                                                                                          -- >=14
    SELECT 'pg_type'::regclass, t.oid, t.typnamespace, format('DOMAIN %s', t.oid::regtype), 14, t.typbasetype::regtype::text -- >=14
    FROM pg_type t JOIN pg_type b ON b.oid = t.typbasetype WHERE t.typtype = 'd' AND b.typtype = 'm'   -- >=14
    UNION ALL                                                                                          -- >=14
    SELECT 'pg_type'::regclass, t.oid, t.typnamespace, format('TYPE %s', t.oid::regtype), 14, 'SUBSCRIPT' -- >=14
    FROM pg_type t                                                                                     -- >=14
    WHERE t.typtype = 'b' AND t.typcategory <> 'A' AND t.typsubscript <> 0 AND t.oid > {builtin}       -- >=14
    UNION ALL                                                                                          -- >=16
    SELECT 'pg_collation'::regclass, l.oid, l.collnamespace, format('COLLATION %s', l.oid::regcollation), 16, 'rules' -- >=16
    FROM pg_collation l WHERE l.collicurules IS NOT NULL                                               -- >=16
    UNION ALL                                                                                          -- >=17
    SELECT 'pg_collation'::regclass, l.oid, l.collnamespace, format('COLLATION %s', l.oid::regcollation), 17, 'the builtin provider' -- >=17
    FROM pg_collation l WHERE l.collprovider = 'b'                                                     -- >=17
    UNION ALL                                                                                          -- >=17
    SELECT 'pg_event_trigger'::regclass, e.oid, NULL, format('EVENT TRIGGER %I', e.evtname), 17, 'ON login' -- >=17
    FROM pg_event_trigger e WHERE e.evtevent = 'login'                                                 -- >=17
) f
LEFT JOIN pg_namespace n ON n.oid = f.schema
WHERE {target} < f.since AND (f.schema IS NULL OR {own})
ORDER BY 3
