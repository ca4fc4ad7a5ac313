SELECT 'table', c.oid::regclass::text, 'pg_class'::regclass::oid, c.oid,
       format('CREATE %sTABLE %s (%s)%s%s', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, c.oid::regclass,
         (SELECT string_agg(
              quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
              || CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END
              || CASE WHEN a.attgenerated <> ''
                      THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ')'
                           || CASE a.attgenerated WHEN 's' THEN ' STORED' ELSE ' VIRTUAL' END
                      ELSE '' END
              || CASE WHEN a.attidentity <> ''
                      THEN (SELECT format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %s START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s)',
                                CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, s.seqrelid::regclass,
                                s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
                                CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END)
                            FROM pg_depend i JOIN pg_sequence s ON s.seqrelid = i.objid
                            WHERE i.classid = 'pg_class'::regclass AND i.refclassid = 'pg_class'::regclass
                              AND i.refobjid = c.oid AND i.refobjsubid = a.attnum AND i.deptype = 'i')
                      ELSE '' END
              || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
              ', ' ORDER BY a.attnum)
          FROM pg_attribute a
          JOIN pg_type t ON t.oid = a.atttypid
          LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated <> ''
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
         CASE c.relkind WHEN 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) ELSE '' END,
         CASE WHEN c.reloptions IS NULL THEN ''
              ELSE ' WITH (' || (SELECT string_agg(format('%I = %L', o.option_name, o.option_value), ', ')
                                FROM pg_options_to_table(c.reloptions) o) || ')' END)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND {own}
