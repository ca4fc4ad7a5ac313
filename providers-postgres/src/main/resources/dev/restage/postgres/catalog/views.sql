SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END, c.oid::regclass::text, 'pg_class'::regclass::oid, c.oid,
       format('CREATE %s %s%s AS %s%s', CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END, c.oid::regclass,
              CASE WHEN c.reloptions IS NULL THEN ''
                   ELSE ' WITH (' || (SELECT string_agg(format('%I = %L', o.option_name, o.option_value), ', ')
                                     FROM pg_options_to_table(c.reloptions) o) || ')' END,
              rtrim(pg_get_viewdef(c.oid), ';'),
              CASE c.relkind WHEN 'm' THEN ' WITH NO DATA' ELSE '' END)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND {own}
