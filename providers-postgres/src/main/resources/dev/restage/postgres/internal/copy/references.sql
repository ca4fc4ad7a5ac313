-- Foreign keys that the server believes to hold, smallest table first: where they are, and the conditions for a row that
-- refers to nothing. A key of which a column is null refers to nothing, and may.
SELECT n.nspname AS schema, c.relname AS name, k.conname AS constraint, rn.nspname AS referred_schema, r.relname AS referred,
       format('%s%s t', CASE c.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, c.oid::regclass) AS rows,
       (SELECT string_agg(format('t.%I IS NOT NULL', a.attname), ' AND ' ORDER BY a.attnum)
        FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)) AS refers,
       format('NOT EXISTS (SELECT FROM %s%s r WHERE %s)', CASE r.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, r.oid::regclass,
              (SELECT string_agg(format('r.%I OPERATOR(%I.%s) t.%I', ra.attname, op.nspname, o.oprname, a.attname), ' AND ')
               FROM unnest(k.conkey, k.confkey, k.conpfeqop) AS p(own, other, operator)
               JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.own
               JOIN pg_attribute ra ON ra.attrelid = k.confrelid AND ra.attnum = p.other
               JOIN pg_operator o ON o.oid = p.operator
               JOIN pg_namespace op ON op.oid = o.oprnamespace)) AS nothing
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class r ON r.oid = k.confrelid
JOIN pg_namespace rn ON rn.oid = r.relnamespace
WHERE k.contype = 'f' AND k.conparentid = 0 AND k.convalidated AND n.nspname !~ '^pg_'
ORDER BY c.relpages, n.nspname, c.relname, k.conname
