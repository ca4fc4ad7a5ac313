-- The options of a key's index stand between its columns and its deferral; an exclusion brings them by itself.
SELECT 'CONSTRAINT' AS kind, 'pg_constraint'::regclass::oid AS classoid, k.oid, n.nspname AS schema,
       t.relname || ' ' || k.conname AS tag, k.conname AS name, t.relname AS tie, pg_get_userbyid(t.relowner) AS owner,
       format(E'ALTER TABLE ONLY %s\n    ADD CONSTRAINT %I %s;\n', t.oid::regclass, k.conname,
              CASE WHEN k.contype = 'x' OR c.reloptions IS NULL THEN pg_get_constraintdef(k.oid)
              ELSE regexp_replace(pg_get_constraintdef(k.oid), '( DEFERRABLE)?( INITIALLY DEFERRED)?$', '')
                   || ' WITH (' || (SELECT string_agg(quote_ident(o.option_name) || '=' || quote_literal(o.option_value), ', ')
                                    FROM pg_options_to_table(c.reloptions) o) || ')'
                   || CASE WHEN k.condeferrable THEN ' DEFERRABLE' ELSE '' END
                   || CASE WHEN k.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END END)
       || CASE WHEN i.indisclustered THEN format(E'\nALTER TABLE %s CLUSTER ON %I;\n', t.oid::regclass, c.relname) ELSE '' END
       || CASE WHEN i.indisreplident
               THEN format(E'\nALTER TABLE ONLY %s REPLICA IDENTITY USING INDEX %I;\n', t.oid::regclass, c.relname) ELSE '' END
           AS definition,
       format(E'ALTER TABLE ONLY %s DROP CONSTRAINT %I;\n', t.oid::regclass, k.conname) AS drop,
       COALESCE(ts.spcname, '') AS tablespace, NULL::"char" AS relkind,
       'pg_class'::regclass::oid || '/' || t.oid AS host, NULL::text AS part
FROM pg_constraint k
JOIN pg_class t ON t.oid = k.conrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
JOIN pg_index i ON i.indexrelid = k.conindid
JOIN pg_class c ON c.oid = k.conindid
LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
WHERE k.contype IN ('p', 'u', 'x') AND {own}
UNION ALL
SELECT 'INDEX', 'pg_class'::regclass, c.oid, n.nspname, c.relname, c.relname, t.relname, pg_get_userbyid(c.relowner),
       pg_get_indexdef(c.oid) || E';\n'
       || COALESCE((SELECT string_agg(format(E'\nALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s;\n',
                                             c.oid::regclass, a.attnum, a.attstattarget), '' ORDER BY a.attnum)
                    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0), '')
       || CASE WHEN i.indisclustered THEN format(E'\nALTER TABLE %s CLUSTER ON %I;\n', t.oid::regclass, c.relname) ELSE '' END
       || CASE WHEN i.indisreplident
               THEN format(E'\nALTER TABLE ONLY %s REPLICA IDENTITY USING INDEX %I;\n', t.oid::regclass, c.relname) ELSE '' END
       || COALESCE((SELECT string_agg(format(E'\nALTER INDEX %s DEPENDS ON EXTENSION %I;\n', c.oid::regclass, e.extname), '' ORDER BY e.extname)
                    FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'x'), ''),
       CASE WHEN c.relispartition THEN '' ELSE format(E'DROP INDEX %s;\n', c.oid::regclass) END, COALESCE(ts.spcname, ''), c.relkind,
       'pg_class'::regclass::oid || '/' || t.oid, NULL
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class t ON t.oid = i.indrelid AND t.relkind IN ('r', 'p', 'm')
LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
WHERE (i.indisvalid OR t.relkind = 'p') AND i.indisready AND {own}
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
-- not ONLY: these are to be handed down
SELECT CASE k.contype WHEN 'c' THEN 'CHECK CONSTRAINT' ELSE 'CONSTRAINT' END, 'pg_constraint'::regclass, k.oid, n.nspname,
       t.relname || ' ' || k.conname, k.conname, t.relname, pg_get_userbyid(t.relowner),
       format(E'ALTER %sTABLE %s\n    ADD CONSTRAINT %I %s;\n', CASE t.relkind WHEN 'f' THEN 'FOREIGN ' ELSE '' END,
              t.oid::regclass, k.conname, pg_get_constraintdef(k.oid)),
       format(E'ALTER %sTABLE %s DROP CONSTRAINT %I;\n', CASE t.relkind WHEN 'f' THEN 'FOREIGN ' ELSE '' END,
              t.oid::regclass, k.conname),
       NULL, NULL, 'pg_class'::regclass::oid || '/' || t.oid,
       CASE WHEN k.contype = 'c' AND k.convalidated AND t.reloftype = 0
            THEN format(E',\n    CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)) END
FROM pg_constraint k
JOIN pg_class t ON t.oid = k.conrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE {own} AND (k.contype = 'c' AND (k.conislocal OR t.relispartition AND k.convalidated)
                 OR k.contype = 'n' AND k.conislocal AND (NOT k.convalidated OR t.reloftype <> 0 AND {target} >= 18))
UNION ALL
SELECT 'FK CONSTRAINT', 'pg_constraint'::regclass, k.oid, n.nspname, t.relname || ' ' || k.conname, k.conname, t.relname,
       pg_get_userbyid(t.relowner),
       format(E'ALTER TABLE %s%s\n    ADD CONSTRAINT %I %s;\n', CASE t.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, t.oid::regclass,
              k.conname, pg_get_constraintdef(k.oid)),
       format(E'ALTER TABLE %s%s DROP CONSTRAINT %I;\n', CASE t.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, t.oid::regclass, k.conname),
       NULL, NULL, 'pg_class'::regclass::oid || '/' || t.oid, NULL
FROM pg_constraint k
JOIN pg_class t ON t.oid = k.conrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE k.contype = 'f' AND k.conparentid = 0 AND {own}
