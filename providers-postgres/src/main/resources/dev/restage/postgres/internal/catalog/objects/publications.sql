-- Publications with what they hold, event triggers, and the names of subscriptions, which are never made again.
SELECT 'PUBLICATION' AS kind, 'pg_publication'::regclass::oid AS classoid, p.oid, NULL::text AS schema, p.pubname AS tag,
       p.pubname AS name, '' AS tie, pg_get_userbyid(p.pubowner) AS owner,
       format(E'CREATE PUBLICATION %I%s WITH (publish = ''%s''', p.pubname, CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE '' END,
              concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END))
       || CASE p.pubgencols WHEN 's' THEN ', publish_generated_columns = stored' ELSE '' END -- >=18
       || CASE WHEN p.pubviaroot THEN ', publish_via_partition_root = true' ELSE '' END || E');\n' AS definition,
       format(E'DROP PUBLICATION %I;\n', p.pubname) AS drop, NULL::text AS host
FROM pg_publication p
UNION ALL
SELECT 'PUBLICATION TABLE', 'pg_publication_rel'::regclass, r.oid, n.nspname, p.pubname || ' ' || c.relname,
       c.relname, p.pubname, pg_get_userbyid(p.pubowner),
       format('ALTER PUBLICATION %I ADD TABLE ONLY %s', p.pubname, c.oid::regclass)
       || COALESCE((SELECT ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')' -- >=15
                    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (r.prattrs)), '') -- >=15
       || COALESCE(' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')', '') -- >=15
       || E';\n',
       '', 'pg_publication'::regclass::oid || '/' || p.oid
FROM pg_publication_rel r
JOIN pg_publication p ON p.oid = r.prpubid
JOIN pg_class c ON c.oid = r.prrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
UNION ALL                                                                                                        -- >=15
SELECT 'PUBLICATION TABLES IN SCHEMA', 'pg_publication_namespace'::regclass, r.oid, n.nspname,                   -- >=15
       p.pubname || ' ' || n.nspname, n.nspname, p.pubname, pg_get_userbyid(p.pubowner),                         -- >=15
       format(E'ALTER PUBLICATION %I ADD TABLES IN SCHEMA %I;\n', p.pubname, n.nspname),                         -- >=15
       '', 'pg_publication'::regclass::oid || '/' || p.oid                                                       -- >=15
FROM pg_publication_namespace r                                                                                  -- >=15
JOIN pg_publication p ON p.oid = r.pnpubid                                                                       -- >=15
JOIN pg_namespace n ON n.oid = r.pnnspid                                                                         -- >=15
UNION ALL
SELECT 'EVENT TRIGGER', 'pg_event_trigger'::regclass, e.oid, NULL, e.evtname, e.evtname, '', pg_get_userbyid(e.evtowner),
       format(E'CREATE EVENT TRIGGER %I ON %I%s\n   EXECUTE FUNCTION %s();\n', e.evtname, e.evtevent,
              E'\n         WHEN TAG IN (' || (SELECT string_agg(quote_literal(t.tag), ', ' ORDER BY t.place)
                                             FROM unnest(e.evttags) WITH ORDINALITY t(tag, place)) || ')', e.evtfoid::regproc)
       || CASE e.evtenabled WHEN 'O' THEN ''
          ELSE format(E'\nALTER EVENT TRIGGER %I %s;\n', e.evtname,
                      CASE e.evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END) END,
       format(E'DROP EVENT TRIGGER %I;\n', e.evtname), NULL
FROM pg_event_trigger e
UNION ALL
-- not everybody may read its oid before 14
SELECT 'SUBSCRIPTION', 'pg_subscription'::regclass,
       s.oid,                                                                                                    -- >=14
       abs(hashtext(s.subname))::oid,                                                                            -- <14
       NULL, s.subname, s.subname, '', pg_get_userbyid(s.subowner), NULL, NULL, NULL
FROM pg_subscription s
JOIN pg_database d ON d.oid = s.subdbid
WHERE d.datname = current_database()
