-- What lies on tables and views: extended statistics, rules, triggers, policies.
SELECT 'STATISTICS' AS kind, 'pg_statistic_ext'::regclass::oid AS classoid, s.oid, n.nspname AS schema, s.stxname AS tag,
       s.stxname AS name, '' AS tie, pg_get_userbyid(s.stxowner) AS owner,
       pg_get_statisticsobjdef(s.oid) || E';\n'
       || CASE WHEN s.stxstattarget >= 0 THEN format(E'\nALTER STATISTICS %I.%I SET STATISTICS %s;\n', n.nspname, s.stxname, s.stxstattarget)
          ELSE '' END AS definition,
       format(E'DROP STATISTICS %I.%I;\n', n.nspname, s.stxname) AS drop,
       'pg_class'::regclass::oid || '/' || s.stxrelid AS host, NULL::text[] AS needs
FROM pg_statistic_ext s
JOIN pg_namespace n ON n.oid = s.stxnamespace
WHERE {own}
UNION ALL
SELECT 'RULE', 'pg_rewrite'::regclass, r.oid, n.nspname, c.relname || ' ' || r.rulename, r.rulename, c.relname,
       pg_get_userbyid(c.relowner),
       pg_get_ruledef(r.oid) || E'\n'
       || CASE r.ev_enabled WHEN 'O' THEN ''
          ELSE format(E'ALTER TABLE %s %s RULE %I;\n', c.oid::regclass,
                      CASE r.ev_enabled WHEN 'A' THEN 'ENABLE ALWAYS' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'DISABLE' END, r.rulename) END,
       format(E'DROP RULE %I ON %s;\n', r.rulename, c.oid::regclass), 'pg_class'::regclass::oid || '/' || c.oid, NULL
FROM pg_rewrite r
JOIN pg_class c ON c.oid = r.ev_class
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE r.rulename <> '_RETURN' AND {own}
UNION ALL
SELECT 'TRIGGER', 'pg_trigger'::regclass, t.oid, n.nspname, c.relname || ' ' || t.tgname, t.tgname, c.relname,
       pg_get_userbyid(c.relowner),
       CASE WHEN t.tgparentid = 0 THEN pg_get_triggerdef(t.oid, false) || E';\n' ELSE '' END
       || CASE WHEN t.tgenabled = 'O' AND t.tgparentid = 0 THEN ''
          ELSE format(E'\nALTER %sTABLE %s %s TRIGGER %I;\n', CASE c.relkind WHEN 'f' THEN 'FOREIGN ' ELSE '' END, c.oid::regclass,
                      CASE t.tgenabled WHEN 'A' THEN 'ENABLE ALWAYS' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'D' THEN 'DISABLE' ELSE 'ENABLE' END,
                      t.tgname) END
       || COALESCE((SELECT string_agg(format(E'\nALTER TRIGGER %I ON %s DEPENDS ON EXTENSION %I;\n', t.tgname, c.oid::regclass, e.extname), '' ORDER BY e.extname)
                    FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                    WHERE d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND d.deptype = 'x'), ''),
       CASE WHEN t.tgparentid = 0 THEN format(E'DROP TRIGGER %I ON %s;\n', t.tgname, c.oid::regclass) ELSE '' END,
       'pg_class'::regclass::oid || '/' || c.oid,
       CASE WHEN t.tgparentid <> 0 THEN ARRAY['pg_trigger'::regclass::oid || '/' || t.tgparentid] END
FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_trigger p ON p.oid = t.tgparentid
WHERE {own} AND (t.tgparentid = 0 AND NOT t.tgisinternal OR NOT p.tgisinternal AND p.tgenabled <> t.tgenabled)
UNION ALL
SELECT 'POLICY', 'pg_policy'::regclass, p.oid, n.nspname, c.relname || ' ' || p.polname, p.polname, c.relname,
       pg_get_userbyid(c.relowner),
       format(E'CREATE POLICY %I ON %s%s%s%s%s%s;\n', p.polname, c.oid::regclass,
              CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END,
              CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE' WHEN 'd' THEN ' FOR DELETE' END,
              CASE WHEN p.polroles <> '{0}' THEN ' TO ' ||
                  (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r)) END, ', ' ORDER BY pg_get_userbyid(r))
                   FROM unnest(p.polroles) r) END,
              ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
              ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
       format(E'DROP POLICY %I ON %s;\n', p.polname, c.oid::regclass), 'pg_class'::regclass::oid || '/' || c.oid, NULL
FROM pg_policy p
JOIN pg_class c ON c.oid = p.polrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {own}
UNION ALL
SELECT 'ROW SECURITY', 0, c.oid, n.nspname, c.relname, '', c.relname, pg_get_userbyid(c.relowner),
       format(E'ALTER TABLE %s ENABLE ROW LEVEL SECURITY;\n', c.oid::regclass), NULL, 'pg_class'::regclass::oid || '/' || c.oid, NULL
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relrowsecurity AND {own}
