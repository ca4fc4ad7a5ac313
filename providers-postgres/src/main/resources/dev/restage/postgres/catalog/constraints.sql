SELECT 'constraint', quote_ident(k.conname) || ' on ' || k.conrelid::regclass, 'pg_constraint'::regclass::oid, k.oid,
       format('ALTER TABLE ONLY %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
       || COALESCE((SELECT format('; ALTER INDEX %s SET (%s)', i.oid::regclass,
                        (SELECT string_agg(format('%I = %L', o.option_name, o.option_value), ', ')
                         FROM pg_options_to_table(i.reloptions) o))
                    FROM pg_class i WHERE i.oid = k.conindid AND i.reloptions IS NOT NULL), '')
FROM pg_constraint k
JOIN pg_namespace n ON n.oid = k.connamespace
WHERE k.contype IN ('p', 'u', 'x') AND {own}
UNION ALL
SELECT 'check constraint', quote_ident(k.conname) || ' on ' || k.conrelid::regclass, 'pg_constraint'::regclass::oid, k.oid,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
FROM pg_constraint k
JOIN pg_namespace n ON n.oid = k.connamespace
WHERE k.contype = 'c' AND NOT k.convalidated AND k.conrelid <> 0
  AND {own}
