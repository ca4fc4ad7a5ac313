-- What expressions use of the server itself: the function's name, how many arguments it has, and where it is used; for
-- syntax that is no function, the version that it came with. Where a function is written otherwise than it is called, its
-- name tells nothing: EXTRACT is date_part before 14.
WITH tree(object, nodes) AS (
    SELECT format('DEFAULT of %s.%I', d.adrelid::regclass, a.attname), d.adbin::text
    FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE d.adrelid > {builtin}
    UNION ALL
    SELECT format('CONSTRAINT %I of %s', k.conname,
                  CASE WHEN k.conrelid <> 0 THEN k.conrelid::regclass::text ELSE k.contypid::regtype::text END), k.conbin::text
    FROM pg_constraint k WHERE k.conbin IS NOT NULL AND k.oid > {builtin}
    UNION ALL
    SELECT format('INDEX %s', i.indexrelid::regclass), concat(i.indexprs, i.indpred)
    FROM pg_index i WHERE i.indexrelid > {builtin}
    UNION ALL
    SELECT format('%s %s', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'RULE of' END, c.oid::regclass),
           concat(r.ev_qual, r.ev_action)
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
    WHERE r.oid > {builtin} AND NOT EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    UNION ALL
    SELECT format('POLICY %I of %s', p.polname, p.polrelid::regclass), concat(p.polqual, p.polwithcheck) FROM pg_policy p
    UNION ALL
    SELECT format('TRIGGER %I of %s', t.tgname, t.tgrelid::regclass), t.tgqual::text FROM pg_trigger t WHERE t.tgqual IS NOT NULL
    UNION ALL
    SELECT format('TABLE %s', p.partrelid::regclass), p.partexprs::text FROM pg_partitioned_table p WHERE p.partexprs IS NOT NULL
    UNION ALL
    SELECT format('DOMAIN %s', t.oid::regtype), t.typdefaultbin::text
    FROM pg_type t WHERE t.typdefaultbin IS NOT NULL AND t.oid > {builtin}
    UNION ALL
    SELECT format('FUNCTION %s', p.oid::regprocedure), concat(p.proargdefaults
               , p.prosqlbody -- >=14
           )
    FROM pg_proc p
    WHERE p.oid > {builtin} AND NOT EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
)
SELECT DISTINCT t.object, f.proname::text, f.pronargs::int, 0
FROM tree t
CROSS JOIN LATERAL regexp_matches(t.nodes, ':(?:funcid|opfuncid|aggfnoid|winfnoid) (\d+)', 'g') used(oid)
JOIN pg_proc f ON f.oid = used.oid[1]::oid
WHERE f.oid <= {builtin} AND f.proname <> 'extract'
UNION ALL
SELECT t.object, s.syntax, 0, s.since
FROM tree t
JOIN (VALUES ('{JSONCONSTRUCTOREXPR ', 'SQL/JSON', 16), ('{JSONISPREDICATE ', 'IS JSON', 16), ('{JSONEXPR ', 'SQL/JSON', 17)) s(node, syntax, since)
    ON strpos(t.nodes, s.node) > 0
ORDER BY 1, 2
