SELECT 'check constraint', quote_ident(k.conname) || ' on ' || k.conrelid::regclass, 'pg_constraint'::regclass::oid, k.oid,
       format('ALTER TABLE %s%s ADD CONSTRAINT %I %s', CASE c.relkind WHEN 'p' THEN 'ONLY ' ELSE '' END,
              k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = k.connamespace
WHERE k.contype = 'c' AND k.convalidated AND {own}
