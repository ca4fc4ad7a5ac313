-- What was found that came with a version after the target's: the object, and what to say of it.
SELECT 'pg_class'::regclass::oid, f.oid, format('%s %s', f.object, 'needs PostgreSQL ' || f.since || ': ' || f.feature)
FROM (
    SELECT NULL::oid AS oid, NULL AS object, 0 AS since, NULL AS feature WHERE false
    UNION ALL                                                                                          -- >=14
    SELECT a.attrelid, format('COLUMN %s.%I', a.attrelid::regclass, a.attname), 14, 'SET COMPRESSION'  -- >=14
    FROM pg_attribute a WHERE a.attcompression <> '' AND NOT a.attisdropped AND a.attnum > 0            -- >=14
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
) f
JOIN pg_class c ON c.oid = f.oid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {target} < f.since AND {own}
ORDER BY 3
